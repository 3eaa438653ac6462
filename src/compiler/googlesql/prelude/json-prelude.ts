import { decodeSteps } from "../json/json-path.ts";
import { appendToArray, insertIntoArray } from "../json/json-array.ts";
import { findJson } from "../json/find-json.ts";
import { indentJson, type JsonNode, printJson, quoteJson } from "../json/json-text.ts";
import {
  changeJson,
  exactText,
  jsonKeys,
  jsonOf,
  normalJson,
  normalNumber,
  normalText,
  scalarText,
  stripNulls,
} from "../json/json-value.ts";
import {
  laxBool,
  laxFloat,
  laxInt,
  laxString,
  strictBool,
  strictFloat,
  strictInt,
  strictString,
} from "../json/json-convert.ts";
import { macro, native, type PreludeTable } from "./prelude-entry.ts";

/** What DuckDB's parser reads otherwise than GoogleSQL's: commas before a closing bracket, names of numbers, halves of a pair. */
const lenient = String.raw`,\s*[\]}]|(?i:nan|inf|\\ud[89a-f])`;
const strict = `json_valid(x) AND NOT regexp_matches(x, '${lenient}')`;

/** JSON as GoogleSQL reads, writes and changes it. `p` is a path of DuckDB's, `s` the same path for native functions. */
export const jsonPrelude: PreludeTable = {
  gsql_json_value: macro(
    "x, p, s",
    `CASE WHEN ${strict} THEN CASE json_type(x, p) WHEN 'VARCHAR' THEN json_extract_string(x, p) WHEN 'BIGINT' THEN json_extract_string(x, p) WHEN 'UBIGINT' THEN json_extract_string(x, p) WHEN 'BOOLEAN' THEN json_extract_string(x, p) WHEN 'DOUBLE' THEN gsql_json_scalar(x, s) END ELSE gsql_json_scalar(x, s) END`,
  ),
  gsql_json_scalar: native(["VARCHAR", "VARCHAR"], "VARCHAR", (text, steps) =>
    scalarText(findJson(text, decodeSteps(steps))),
  ),
  gsql_json_value_of: macro(
    "j, p, s",
    "CASE json_type(j, p) WHEN 'DOUBLE' THEN gsql_json_number(CAST(j AS VARCHAR), s) WHEN 'NULL' THEN NULL WHEN 'ARRAY' THEN NULL WHEN 'OBJECT' THEN NULL ELSE json_extract_string(j, p) END",
  ),
  gsql_json_number: native(["VARCHAR", "VARCHAR"], "VARCHAR", (text, steps) => {
    const node = findJson(text, decodeSteps(steps));
    return node?.kind === "number" ? normalNumber(node.text) : scalarText(node);
  }),
  gsql_json_query: native(["VARCHAR", "VARCHAR"], "VARCHAR", (text, steps) => {
    const node = findJson(text, decodeSteps(steps));
    return node === undefined || node.kind === "null" ? null : printJson(node);
  }),
  gsql_json_query_array: native(["VARCHAR", "VARCHAR"], "VARCHAR[]", (text, steps) => {
    const node = findJson(text, decodeSteps(steps));
    return node?.kind === "array" ? node.items.map((item) => printJson(item)) : null;
  }),
  gsql_json_array_of: macro("j, p", "CASE WHEN json_type(j, p) = 'ARRAY' THEN json_extract(j, p || '[*]') END"),
  gsql_json_value_array: native(["VARCHAR", "VARCHAR"], "VARCHAR[]", (text, steps) =>
    valueArray(findJson(text, decodeSteps(steps))),
  ),
  gsql_json_value_array_of: native(["VARCHAR", "VARCHAR"], "VARCHAR[]", (text, steps) => {
    const node = findJson(text, decodeSteps(steps));
    return valueArray(node === undefined ? undefined : normalJson(node));
  }),
  gsql_json_member: macro(
    "j, k",
    "CASE WHEN json_type(j) = 'OBJECT' THEN json_extract(j, '/' || replace(replace(k, '~', '~0'), '/', '~1')) END",
  ),
  gsql_json_element: macro("j, i", "CASE WHEN i >= 0 THEN json_extract(j, '$[' || i || ']') END"),
  gsql_json_type: macro(
    "j",
    "CASE json_type(j) WHEN 'VARCHAR' THEN 'string' WHEN 'BIGINT' THEN 'number' WHEN 'UBIGINT' THEN 'number' WHEN 'DOUBLE' THEN 'number' ELSE lower(json_type(j)) END",
  ),
  gsql_json_text: native(["VARCHAR"], "VARCHAR", normalText),
  gsql_json_pretty: native(["VARCHAR"], "VARCHAR", (text) => indentJson(jsonOf(text))),
  gsql_json_exact_text: native(["VARCHAR"], "VARCHAR", exactText),
  gsql_parse_json: macro("x", "CAST(gsql_json_exact_text(x) AS JSON)"),
  gsql_parse_json_round: macro("x", "CAST(gsql_json_text(x) AS JSON)"),
  gsql_json_quoted: macro(
    "x",
    "replace(replace(CAST(to_json(x) AS VARCHAR), chr(8232), '\\u2028'), chr(8233), '\\u2029')",
  ),
  gsql_json_of_int: macro(
    "x",
    "CASE WHEN x BETWEEN -9007199254740992 AND 9007199254740992 THEN CAST(x AS VARCHAR) ELSE '\"' || x || '\"' END",
  ),
  gsql_json_of_float: macro(
    "x",
    `CASE WHEN isnan(x) THEN '"NaN"' WHEN isinf(x) THEN CASE WHEN x > 0 THEN '"Infinity"' ELSE '"-Infinity"' END ELSE gsql_float_text(x) END`,
  ),
  gsql_json_pointed_float: macro("x", "regexp_replace(gsql_json_of_float(x), '^(-?\\d+)$', '\\1.0')"),
  gsql_json_of_numeric: macro(
    "x",
    `CASE WHEN x = trunc(x) AND abs(x) <= 9007199254740992 THEN gsql_numeric_text(x) ELSE '"' || gsql_numeric_text(x) || '"' END`,
  ),
  gsql_json_of_interval: native(["BIGINT", "BIGINT", "BIGINT"], "VARCHAR", (months, days, micros) =>
    quoteJson(isoDuration(months, days, micros)),
  ),
  gsql_json_int: native(["VARCHAR"], "BIGINT", (text) => strictInt(jsonOf(text))),
  gsql_json_float: native(["VARCHAR"], "DOUBLE", (text) => strictFloat(jsonOf(text))),
  gsql_json_bool: native(["VARCHAR"], "BOOLEAN", (text) => strictBool(jsonOf(text))),
  gsql_json_string: native(["VARCHAR"], "VARCHAR", (text) => strictString(jsonOf(text))),
  gsql_lax_int: native(["VARCHAR"], "BIGINT", (text) => laxInt(jsonOf(text))),
  gsql_lax_float: native(["VARCHAR"], "DOUBLE", (text) => laxFloat(jsonOf(text))),
  gsql_lax_bool: native(["VARCHAR"], "BOOLEAN", (text) => laxBool(jsonOf(text))),
  gsql_lax_string: native(["VARCHAR"], "VARCHAR", (text) => laxString(jsonOf(text))),
  gsql_json_keys: native(["VARCHAR", "BIGINT"], "VARCHAR[]", (text, depth) => jsonKeys(jsonOf(text), Number(depth))),
  gsql_json_set: native(["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, steps, value) => {
    const part = jsonOf(value);
    return printJson(normalJson(changeJson(jsonOf(text), decodeSteps(steps), () => part)));
  }),
  gsql_json_append: native(["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, steps, value, form) =>
    printJson(normalJson(appendToArray(jsonOf(text), { steps: decodeSteps(steps), parts: additions(value, form) }))),
  ),
  gsql_json_insert: native(["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (text, steps, value, form) =>
    printJson(normalJson(insertIntoArray(jsonOf(text), { steps: decodeSteps(steps), parts: additions(value, form) }))),
  ),
  gsql_json_remove: native(["VARCHAR", "VARCHAR"], "VARCHAR", (text, steps) =>
    printJson(normalJson(changeJson(jsonOf(text), decodeSteps(steps), () => undefined))),
  ),
  gsql_json_strip_nulls: native(["VARCHAR", "BOOLEAN", "BOOLEAN"], "VARCHAR", (text, arrays, removesEmpty) =>
    printJson(normalJson(stripNulls(jsonOf(text), { arrays, removesEmpty }) ?? { kind: "null" })),
  ),
};

/** What goes into an array: the value, or, of an array whose elements are added one by one, those. */
function additions(text: string, form: string): readonly JsonNode[] {
  const value = jsonOf(text);
  return form === "each" && value.kind === "array" ? value.items : [value];
}

function valueArray(node: JsonNode | undefined): readonly (string | null)[] | null {
  if (node?.kind !== "array" || node.items.some((item) => item.kind === "array" || item.kind === "object")) return null;
  return node.items.map(scalarText);
}

function isoDuration(months: bigint, days: bigint, micros: bigint): string {
  const part = (value: bigint, letter: string): string => (value === 0n ? "" : `${value}${letter}`);
  const date = part(months / 12n, "Y") + part(months % 12n, "M") + part(days, "D");
  const seconds = (micros / 1_000_000n) % 60n;
  const fraction = micros % 1_000_000n;
  const digits =
    fraction === 0n
      ? ""
      : `.${String(fraction < 0n ? -fraction : fraction)
          .padStart(6, "0")
          .replace(/0+$/u, "")}`;
  const sign = fraction < 0n && seconds === 0n ? "-" : "";
  const second = seconds === 0n && fraction === 0n ? "" : `${sign}${seconds}${digits}S`;
  const time = part(micros / 3_600_000_000n, "H") + part((micros / 60_000_000n) % 60n, "M") + second;
  const text = `P${date}${time === "" ? "" : `T${time}`}`;
  return text === "P" ? "P0Y" : text;
}
