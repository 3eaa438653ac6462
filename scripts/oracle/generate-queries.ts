import { signaturesOf } from "../../src/compiler/googlesql/functions/function-table.ts";
import { allFunctions } from "../../src/compiler/googlesql/functions/registry.ts";
import { patternText, type TypePattern } from "../../src/compiler/googlesql/signature/signature.ts";
import type { Random } from "../sample/random.ts";
import { edgeValues } from "./edge-values.ts";

/** Functions that give something else each time, never come back, or take the machine's memory. */
const left = new Set([
  "RAND",
  "GENERATE_UUID",
  "CURRENT_TIMESTAMP",
  "ERROR",
  "REPEAT",
  "GENERATE_ARRAY",
  "LPAD",
  "RPAD",
]);

const scalarTypes = ["INT64", "FLOAT64", "NUMERIC", "STRING", "BYTES", "BOOL", "DATE", "DATETIME", "TIMESTAMP", "TIME"];

/** Expressions whose arguments the tables do not describe: `{TYPE}` stands for a value or a word of that kind. */
const shapes = [
  "{INT64} + {INT64}",
  "{INT64} - {INT64}",
  "{INT64} * {SMALL}",
  "{INT64} / {INT64}",
  "{NUMERIC} * {NUMERIC}",
  "{NUMERIC} / {NUMERIC}",
  "{NUMERIC} + {FLOAT64}",
  "{FLOAT64} / {FLOAT64}",
  "-({INT64})",
  "{INT64} << {SMALL}",
  "{FLOAT64} < {FLOAT64}",
  "{FLOAT64} = {FLOAT64}",
  "{STRING} < {STRING}",
  "{STRING} || {STRING}",
  "{STRING} LIKE {STRING}",
  "{DATE} + {SMALL}",
  "{DATE} - {DATE}",
  "{DATE} + {INTERVAL}",
  "{DATETIME} - {INTERVAL}",
  "{TIMESTAMP} - {TIMESTAMP}",
  "{INTERVAL} * {SMALL}",
  "CAST({INT64} AS {SCALAR})",
  "CAST({FLOAT64} AS STRING)",
  "CAST({FLOAT64} AS INT64)",
  "CAST({FLOAT64} AS NUMERIC)",
  "CAST({NUMERIC} AS STRING)",
  "CAST({NUMERIC} AS INT64)",
  "CAST({DATE} AS STRING)",
  "CAST({DATETIME} AS STRING)",
  "CAST({TIMESTAMP} AS STRING)",
  "CAST({TIME} AS STRING)",
  "CAST({INTERVAL} AS STRING)",
  "SAFE_CAST({STRING} AS {SCALAR})",
  "SAFE_CAST({BYTES} AS STRING)",
  "DATE_ADD({DATE}, INTERVAL {SMALL} {DAYSPAN})",
  "DATE_SUB({DATE}, INTERVAL {SMALL} {DAYSPAN})",
  "DATETIME_ADD({DATETIME}, INTERVAL {SMALL} {DAYSPAN})",
  "TIMESTAMP_ADD({TIMESTAMP}, INTERVAL {SMALL} {TIMEPART})",
  "TIME_ADD({TIME}, INTERVAL {SMALL} {TIMEPART})",
  "DATE_DIFF({DATE}, {DATE}, {DATEPART})",
  "DATETIME_DIFF({DATETIME}, {DATETIME}, {DATEPART})",
  "TIMESTAMP_DIFF({TIMESTAMP}, {TIMESTAMP}, {TIMEPART})",
  "DATE_TRUNC({DATE}, {DATEPART})",
  "DATETIME_TRUNC({DATETIME}, {TIMEPART})",
  "TIMESTAMP_TRUNC({TIMESTAMP}, {DATEPART}, {ZONE})",
  "LAST_DAY({DATE}, {DATEPART})",
  "EXTRACT({DATEPART} FROM {DATE})",
  "EXTRACT(DAYOFWEEK FROM {DATE})",
  "EXTRACT(DAYOFYEAR FROM {DATETIME})",
  "EXTRACT({TIMEPART} FROM {TIMESTAMP} AT TIME ZONE {ZONE})",
  "DATE({TIMESTAMP}, {ZONE})",
  "DATETIME({TIMESTAMP}, {ZONE})",
  "TIMESTAMP({DATETIME}, {ZONE})",
  "STRING({TIMESTAMP}, {ZONE})",
  "FORMAT_DATE({FORMAT}, {DATE})",
  "FORMAT_DATETIME({FORMAT}, {DATETIME})",
  "FORMAT_TIMESTAMP({TIMEFORMAT}, {TIMESTAMP}, {ZONE})",
  "FORMAT_TIME({TIMEFORMAT}, {TIME})",
  "FORMAT('%d|%5d|%-5d|%05d', {INT64}, {INT64}, {INT64}, {INT64})",
  "FORMAT('%f|%.2f|%e|%g', {FLOAT64}, {FLOAT64}, {FLOAT64}, {FLOAT64})",
  "FORMAT('%s|%10s|%t|%T', {STRING}, {STRING}, {STRING}, {STRING})",
  "FORMAT('%t|%T|%t|%T', {DATE}, {TIMESTAMP}, {NUMERIC}, {BOOL})",
  "JSON_VALUE({STRING}, {PATH})",
  "JSON_QUERY({JSON}, {PATH})",
  "JSON_VALUE({JSON}, {PATH})",
  "JSON_QUERY_ARRAY({JSON}, {PATH})",
  "TO_JSON_STRING({ANY})",
  "TO_JSON({ANY})",
  "TO_JSON_STRING(STRUCT({ANY} AS a, [{SMALL}, NULL] AS b))",
  "REGEXP_CONTAINS({STRING}, {PATTERN})",
  "REGEXP_EXTRACT({STRING}, {PATTERN})",
  "REGEXP_REPLACE({STRING}, {PATTERN}, '<x>')",
  "REGEXP_EXTRACT_ALL({STRING}, {PATTERN})",
  "LPAD({STRING}, {SMALL}, {STRING})",
  "RPAD({STRING}, {SMALL})",
  "REPEAT({STRING}, {SMALL})",
  "SUBSTR({STRING}, {SMALL}, {SMALL})",
  "NORMALIZE({STRING}, NFKD)",
  "GENERATE_ARRAY({SMALL}, {SMALL}, {SMALL})",
  "GENERATE_DATE_ARRAY(DATE '2024-01-31', DATE '2024-06-01', INTERVAL {SMALL} {DAYSPAN})",
  "[{SMALL}, NULL, {SMALL}][SAFE_OFFSET({SMALL})]",
  "ARRAY_TO_STRING([{STRING}, NULL, {STRING}], {STRING})",
  "IF({BOOL}, {INT64}, {FLOAT64})",
  "CASE {SMALL} WHEN {SMALL} THEN {STRING} END",
  "COALESCE({NUMERIC}, {SMALL})",
  "{INT64} IN ({INT64}, NULL, {INT64})",
  "{DATE} BETWEEN {DATE} AND {DATE}",
  "({SMALL}, {STRING}) = ({SMALL}, {STRING})",
  "{ANY} IS DISTINCT FROM NULL",
];

/** A query of one expression over edge values, half of them in columns so that nothing is known of them before. */
export function generateQuery(random: Random): string {
  const fromTable = signatureCalls();
  const shape = random.chance(0.5) ? random.pick(shapes) : random.pick(fromTable);
  const columns: string[] = [];
  const expression = shape.replaceAll(/\{(?<kind>\w+)\}/gu, (_, kind: string) => {
    if (kind === "SCALAR") return random.pick(scalarTypes);
    const type = kind === "ANY" ? random.pick(scalarTypes) : kind;
    const value = random.pick(edgeValues[type] ?? ["NULL"]);
    if (!scalarTypes.includes(type) && !["INTERVAL", "JSON", "BIGNUMERIC"].includes(type)) return value;
    if (random.chance(0.5)) return value;
    columns.push(`${random.chance(0.2) ? `CAST(NULL AS ${type})` : value} AS c${columns.length}`);
    return `c${columns.length - 1}`;
  });
  return columns.length === 0
    ? `SELECT ${expression} AS x`
    : `SELECT ${expression} AS x FROM (SELECT ${columns.join(", ")})`;
}

let calls: readonly string[] | undefined;

/** A shape for every line of the tables of scalar functions. */
function signatureCalls(): readonly string[] {
  calls ??= [...allFunctions()].flatMap(([name, entry]) => {
    if (entry.kind !== "scalar" || left.has(name)) return [];
    return signaturesOf(entry.lines).flatMap(({ parameters, template }) => {
      if (template === undefined) return [];
      const needed = parameters.filter(({ isRepeated }) => !isRepeated);
      return [`${name}(${needed.map(({ pattern }) => hole(pattern)).join(", ")})`];
    });
  });
  return calls;
}

function hole(pattern: TypePattern): string {
  switch (pattern.kind) {
    case "type":
      return pattern.type.kind === "ARRAY"
        ? `[{${patternText({ kind: "type", type: pattern.type.element })}}, NULL]`
        : `{${pattern.type.kind}}`;
    case "array":
      return "[{SMALL}, {SMALL}]";
    case "variable":
      return "{SMALL}";
    case "anything":
      return "{ANY}";
  }
}
