import { type Code, quoteText } from "../code.ts";
import { duckdbPath, encodeSteps, type JsonStep, parseJsonPath } from "../json/json-path.ts";
import type { Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Call, Expression } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { arrayOf, type DataType, scalar, typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import { callValue, translatedArguments } from "./call-arguments.ts";
import { type FunctionEntry, type FunctionTable, scalarFunction, specialFunction } from "./function-table.ts";
import { jsonTextOf } from "./json-writer.ts";

/** The steps of a path argument, which must be a literal, as BigQuery demands. */
function stepsOf(path: Value | undefined, call: Call): readonly JsonStep[] {
  if (path === undefined) return [];
  if (path.constant?.kind !== "string")
    refuse("argument-type", `The JSONPath of ${call.name} must be a string literal.`, path.place);
  const { text } = path.constant;
  const generation = call.name.startsWith("JSON_EXTRACT") ? "legacy" : "standard";
  const steps = parseJsonPath(text, generation);
  const hint =
    generation === "legacy" ? "A path is written like $.a['b.c'][0]." : 'A path is written like $.a."b.c"[0].';
  if (steps === undefined) refuse("argument-type", `"${text}" is no JSONPath of ${call.name}.`, path.place, hint);
  return steps;
}

function jsonInput(value: Value, call: Call): { readonly isJson: boolean; readonly code: Code } {
  if (value.type.kind === "JSON" && value.constant?.kind !== "null") return { isJson: true, code: value.code };
  const text = coerce(value, scalar("STRING"));
  if (text === undefined)
    refuse(
      value.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
      `${call.name} reads a STRING or JSON, not ${typeText(value.type)}.`,
      value.place,
    );
  return { isJson: false, code: text.code };
}

/** How the parts of a document are taken, for a text and for a value of type JSON. */
interface Reader {
  readonly fromText: (parts: Parts) => Code;
  readonly fromJson: (parts: Parts) => Code;
  readonly types: { readonly text: DataType; readonly json: DataType };
}

interface Parts {
  readonly place: Place;
  readonly code: Code;
  readonly steps: string;
  readonly path: string | undefined;
}

function asText(code: Code): Code {
  return ["CAST(", code, " AS VARCHAR)"];
}

function reading(reader: Reader): FunctionEntry {
  return specialFunction((call, context) => {
    const [input, path] = translatedArguments(call, context, [1, 2]);
    if (input === undefined) throw new Error("An input was counted.");
    const steps = stepsOf(path, call);
    const { isJson, code } = jsonInput(input, call);
    const duckdb = duckdbPath(steps);
    const parts = {
      place: call.namePlace,
      code,
      steps: quoteText(encodeSteps(steps)),
      path: duckdb === undefined ? undefined : quoteText(duckdb),
    };
    const result = isJson ? reader.fromJson(parts) : reader.fromText(parts);
    return callValue(call, { code: result, type: isJson ? reader.types.json : reader.types.text }, [input]);
  });
}

const value = reading({
  fromText: ({ code, steps, path }) =>
    path === undefined
      ? ["gsql_json_scalar(", code, `, ${steps})`]
      : ["gsql_json_value(", code, `, ${path}, ${steps})`],
  fromJson: ({ code, steps, path }) =>
    path === undefined
      ? ["gsql_json_number(", asText(code), `, ${steps})`]
      : ["gsql_json_value_of(", code, `, ${path}, ${steps})`],
  types: { text: scalar("STRING"), json: scalar("STRING") },
});

const query = reading({
  fromText: ({ code, steps }) => ["gsql_json_query(", code, `, ${steps})`],
  fromJson: ({ code, path, place }) => ["json_extract(", code, `, ${path ?? refusePath(place)})`],
  types: { text: scalar("STRING"), json: scalar("JSON") },
});

const queryArray = reading({
  fromText: ({ code, steps }) => ["gsql_json_query_array(", code, `, ${steps})`],
  fromJson: ({ code, path, place }) => ["gsql_json_array_of(", code, `, ${path ?? refusePath(place)})`],
  types: { text: arrayOf(scalar("STRING")), json: arrayOf(scalar("JSON")) },
});

const valueArray = reading({
  fromText: ({ code, steps }) => ["gsql_json_value_array(", code, `, ${steps})`],
  fromJson: ({ code, steps }) => ["gsql_json_value_array_of(", asText(code), `, ${steps})`],
  types: { text: arrayOf(scalar("STRING")), json: arrayOf(scalar("STRING")) },
});

function refusePath(place: Place): never {
  refuseUnsupported('A JSONPath with ", \\ or * in a name', place);
}

const toJsonString = specialFunction((call, context) => {
  const [input, pretty] = translatedArguments(call, context, [1, 2]);
  if (input === undefined) throw new Error("An input was counted.");
  const isPretty = pretty?.constant?.kind === "boolean" && pretty.constant.value;
  if (pretty !== undefined && pretty.constant?.kind !== "boolean")
    refuseUnsupported("TO_JSON_STRING with a pretty_print that is no literal", pretty.place);
  const plain = jsonTextOf(input, "string");
  const text: Code = isPretty ? ["gsql_json_pretty(", plain, ")"] : plain;
  return { ...callValue(call, { code: text, type: scalar("STRING") }, [input]), isNullable: false };
});

const toJson = specialFunction((call, context) => {
  const [input] = translatedArguments(call, context, [1, 1]);
  if (input === undefined) throw new Error("An input was counted.");
  if (input.type.kind === "JSON" && input.constant?.kind !== "null") return input;
  const code: Code = ["CAST(", jsonTextOf(input, "json"), " AS JSON)"];
  return { ...callValue(call, { code, type: scalar("JSON") }, [input]), isNullable: false };
});

const parseJson = specialFunction((call, context) => {
  const mode = call.arguments.find((argument) => argument.name !== undefined);
  if (mode !== undefined) {
    if (mode.name?.text.toLowerCase() !== "wide_number_mode")
      refuse("unknown-argument", `PARSE_JSON has no argument "${mode.name?.text ?? ""}".`, mode.name ?? mode.value);
    if (mode.value.kind !== "literal" || !["round", "exact"].includes(mode.value.text))
      refuse("argument-type", "The wide_number_mode of PARSE_JSON is 'exact' or 'round'.", mode.value);
  }
  const isRounding = mode?.value.kind === "literal" && mode.value.text === "round";
  const plain: Call = { ...call, arguments: call.arguments.filter((argument) => argument !== mode) };
  const [input] = translatedArguments(plain, context, [1, 1]);
  const text = input === undefined ? undefined : coerce(input, scalar("STRING"));
  if (input === undefined || text === undefined)
    refuse("argument-type", "PARSE_JSON reads a STRING.", input?.place ?? call.namePlace);
  return callValue(
    call,
    { code: [isRounding ? "gsql_parse_json_round(" : "gsql_parse_json(", text.code, ")"], type: scalar("JSON") },
    [text],
  );
});

/** JSON_ARRAY and JSON_OBJECT: the text of the whole, put together from the texts of the parts. */
const jsonArray = specialFunction((call, context) => {
  const values = translatedArguments(call, context, [0, 10_000]);
  const parts = values.flatMap((item, index): readonly Code[] => [
    index === 0 ? "" : " || ',' || ",
    jsonTextOf(item, "json"),
  ]);
  const body: Code = values.length === 0 ? "''" : parts;
  return {
    ...callValue(call, { code: ["CAST('[' || ", body, " || ']' AS JSON)"], type: scalar("JSON") }, values),
    isNullable: false,
  };
});

const jsonObject = specialFunction((call, context) => {
  const values = translatedArguments(call, context, [0, 10_000]);
  if (values.some((item) => item.type.kind === "ARRAY") && values.length === 2)
    refuseUnsupported("JSON_OBJECT of two arrays", call.namePlace, "List names and values in turn.");
  if (values.length % 2 !== 0) refuse("argument-count", "JSON_OBJECT takes names and values in turn.", call.namePlace);
  const names = new Set<string>();
  const parts = values.map((item, index): Code => {
    if (index % 2 === 1) return [" || ':' || ", jsonTextOf(item, "json")];
    if (item.type.kind !== "STRING") refuse("argument-type", "A name in JSON_OBJECT is a STRING.", item.place);
    if (item.constant?.kind !== "string") refuseUnsupported("A name in JSON_OBJECT that is no literal", item.place);
    if (names.has(item.constant.text)) refuseUnsupported("A name that stands twice in JSON_OBJECT", item.place);
    names.add(item.constant.text);
    return [index === 0 ? "" : " || ',' || ", jsonTextOf(item, "json")];
  });
  const body: Code = values.length === 0 ? "''" : parts;
  return {
    ...callValue(call, { code: ["CAST('{' || ", body, " || '}' AS JSON)"], type: scalar("JSON") }, values),
    isNullable: false,
  };
});

function requireJson(input: Value | undefined, call: Call): Value {
  if (input === undefined) throw new Error("An input was counted.");
  if (input.type.kind !== "JSON")
    refuse("argument-type", `${call.name} takes JSON, not ${typeText(input.type)}.`, input.place);
  return input;
}

const jsonSet = specialFunction((call, context) => {
  const [input, ...pairs] = translatedArguments(call, context, [3, 10_000]);
  const json = requireJson(input, call);
  if (pairs.length % 2 !== 0) refuse("argument-count", "JSON_SET takes paths and values in turn.", call.namePlace);
  let code = asText(json.code);
  for (let index = 0; index < pairs.length; index += 2) {
    const [path, part] = [pairs[index], pairs[index + 1]];
    if (path === undefined || part === undefined) continue;
    code = [
      "gsql_json_set(",
      code,
      `, ${quoteText(encodeSteps(stepsOf(path, call)))}, `,
      jsonTextOf(part, "json"),
      ")",
    ];
  }
  return callValue(call, { code: ["CAST(", code, " AS JSON)"], type: scalar("JSON") }, [json, ...pairs]);
});

const jsonRemove = specialFunction((call, context) => {
  const [input, ...paths] = translatedArguments(call, context, [2, 10_000]);
  const json = requireJson(input, call);
  const code = paths.reduce<Code>((inner, path) => {
    const steps = stepsOf(path, call);
    if (steps.length === 0) refuse("argument-type", 'JSON_REMOVE cannot remove "$" itself.', path.place);
    return ["gsql_json_remove(", inner, `, ${quoteText(encodeSteps(steps))})`];
  }, asText(json.code));
  return callValue(call, { code: ["CAST(", code, " AS JSON)"], type: scalar("JSON") }, [json]);
});

/** Each value goes into the array at its path, one after the other; an array of values goes in element by element. */
function arrayChange(macro: "gsql_json_append" | "gsql_json_insert"): FunctionEntry {
  return specialFunction((call, context) => {
    const plain = call.arguments.filter(({ name }) => name === undefined);
    const flag = call.arguments.find(({ name }) => name !== undefined);
    const wanted = macro === "gsql_json_append" ? "append_each_element" : "insert_each_element";
    if (flag?.name !== undefined && flag.name.text.toLowerCase() !== wanted)
      refuse("unknown-argument", `${call.name} has no argument "${flag.name.text}".`, flag.name);
    const isEach = flag === undefined || literalFlag(flag.value, call);
    const [input, ...pairs] = translatedArguments({ ...call, arguments: plain }, context, [3, 10_000]);
    const json = requireJson(input, call);
    if (pairs.length % 2 !== 0)
      refuse("argument-count", `${call.name} takes paths and values in turn.`, call.namePlace);
    let code = asText(json.code);
    for (let index = 0; index < pairs.length; index += 2) {
      const [path, part] = [pairs[index], pairs[index + 1]];
      if (path === undefined || part === undefined) continue;
      const form = isEach && part.type.kind === "ARRAY" ? "each" : "whole";
      code = [
        `${macro}(`,
        code,
        `, ${quoteText(encodeSteps(stepsOf(path, call)))}, `,
        jsonTextOf(part, "json"),
        `, '${form}')`,
      ];
    }
    return callValue(call, { code: ["CAST(", code, " AS JSON)"], type: scalar("JSON") }, [json, ...pairs]);
  });
}

const stripNulls = specialFunction((call, context) => {
  const flags = { include_arrays: true, remove_empty: false };
  const plain = call.arguments.filter(({ name, value: given }) => {
    const flag = name?.text.toLowerCase();
    if (name === undefined) return true;
    if (flag !== "include_arrays" && flag !== "remove_empty")
      refuse("unknown-argument", `${call.name} has no argument "${name.text}".`, name);
    flags[flag] = literalFlag(given, call);
    return false;
  });
  const [input, path] = translatedArguments({ ...call, arguments: plain }, context, [1, 2]);
  const json = requireJson(input, call);
  if (stepsOf(path, call).length > 0)
    refuseUnsupported(`${call.name} with a path other than "$"`, path?.place ?? call.namePlace);
  const code: Code = [
    "CAST(gsql_json_strip_nulls(",
    asText(json.code),
    `, ${flags.include_arrays}, ${flags.remove_empty}) AS JSON)`,
  ];
  return callValue(call, { code, type: scalar("JSON") }, [json]);
});

function literalFlag(expression: Expression, call: Call): boolean {
  if (expression.kind !== "boolean") refuseUnsupported(`${call.name} with an option that is no literal`, expression);
  return expression.value;
}

/** Functions of JSON. */
export const jsonFunctions: FunctionTable = {
  JSON_VALUE: value,
  JSON_EXTRACT_SCALAR: value,
  JSON_QUERY: query,
  JSON_EXTRACT: query,
  JSON_QUERY_ARRAY: queryArray,
  JSON_EXTRACT_ARRAY: queryArray,
  JSON_VALUE_ARRAY: valueArray,
  JSON_EXTRACT_STRING_ARRAY: valueArray,
  TO_JSON_STRING: toJsonString,
  TO_JSON: toJson,
  PARSE_JSON: parseJson,
  JSON_ARRAY: jsonArray,
  JSON_OBJECT: jsonObject,
  JSON_SET: jsonSet,
  JSON_REMOVE: jsonRemove,
  JSON_ARRAY_APPEND: arrayChange("gsql_json_append"),
  JSON_ARRAY_INSERT: arrayChange("gsql_json_insert"),
  JSON_STRIP_NULLS: stripNulls,
  JSON_TYPE: scalarFunction("(JSON) -> STRING: gsql_json_type($1)"),
  JSON_KEYS: scalarFunction("(JSON, INT64 = 1000) -> ARRAY<STRING>: gsql_json_keys(CAST($1 AS VARCHAR), $2)"),
  BOOL: scalarFunction("(JSON) -> BOOL: gsql_json_bool(CAST($1 AS VARCHAR))"),
  INT64: scalarFunction("(JSON) -> INT64: gsql_json_int(CAST($1 AS VARCHAR))"),
  FLOAT64: scalarFunction("(JSON) -> FLOAT64: gsql_json_float(CAST($1 AS VARCHAR))"),
  LAX_BOOL: scalarFunction("(JSON) -> BOOL: gsql_lax_bool(CAST($1 AS VARCHAR))"),
  LAX_INT64: scalarFunction("(JSON) -> INT64: gsql_lax_int(CAST($1 AS VARCHAR))"),
  LAX_FLOAT64: scalarFunction("(JSON) -> FLOAT64: gsql_lax_float(CAST($1 AS VARCHAR))"),
  LAX_STRING: scalarFunction("(JSON) -> STRING: gsql_lax_string(CAST($1 AS VARCHAR))"),
};
