import type { Code } from "../code.ts";
import { applyLines } from "../emit/call.ts";
import { type DataType, scalar } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import { callValue, requireCount } from "./call-arguments.ts";
import { addition, difference, lastDay, truncation } from "./date-arithmetic.ts";
import { type FunctionEntry, type FunctionTable, scalarFunction, specialFunction } from "./function-table.ts";
import { dateBucket } from "./date-bucket.ts";
import { generateDates } from "./generate-dates.ts";
import { zoneOf } from "./zone.ts";

/** A function with a trailing time zone: the others are chosen by the table, the zone decides about the calendar. */
function zoned(
  lines: readonly string[],
  convert: (operand: Value, zone: ReturnType<typeof zoneOf>) => { readonly code: Code; readonly type: DataType },
  types: readonly DataType["kind"][],
): FunctionEntry {
  const plain = scalarFunction(...lines);
  return specialFunction((call, context) => {
    const [first, second, ...others] = call.arguments;
    if (first === undefined || second === undefined || others.length > 0) return applyLines(call, plain, context);
    const operand = context.translation.translateExpression(first.value, context);
    const zoneValue = context.translation.translateExpression(second.value, context);
    if (zoneValue.type.kind !== "STRING" || !types.includes(operand.type.kind)) return applyLines(call, plain, context);
    return callValue(call, convert(operand, zoneOf(zoneValue)), [operand, zoneValue]);
  });
}

const current = (type: "DATE" | "DATETIME" | "TIME"): FunctionEntry =>
  specialFunction((call, context) => {
    requireCount(call, [0, 1]);
    const argument = call.arguments[0];
    const zone = zoneOf(
      argument === undefined ? undefined : context.translation.translateExpression(argument.value, context),
    );
    const local = zone.local("now()");
    const code: Code = type === "DATETIME" ? local : ["CAST(", local, ` AS ${type})`];
    return callValue(call, { code, type: scalar(type) }, zone.value === undefined ? [] : [zone.value]);
  });

/** Functions of DATE, DATETIME, TIMESTAMP and TIME, but for formats. */
export const dateFunctions: FunctionTable = {
  CURRENT_DATE: current("DATE"),
  CURRENT_DATETIME: current("DATETIME"),
  CURRENT_TIME: current("TIME"),
  CURRENT_TIMESTAMP: scalarFunction("() -> TIMESTAMP!: now()"),
  DATE: zoned(
    [
      "(INT64, INT64, INT64) -> DATE: gsql_date_in_range(make_date($1, $2, $3))",
      "(DATE) -> DATE: $1",
      "(DATETIME) -> DATE: CAST($1 AS DATE)",
      "(TIMESTAMP) -> DATE: CAST(timezone('UTC', $1) AS DATE)",
      "(STRING) -> DATE: gsql_date_of_text($1)",
    ],
    (operand, zone) => ({ code: ["CAST(", zone.local(operand.code), " AS DATE)"], type: scalar("DATE") }),
    ["TIMESTAMP"],
  ),
  DATETIME: zoned(
    [
      "(INT64, INT64, INT64, INT64, INT64, INT64) -> DATETIME: gsql_datetime_in_range(make_timestamp($1, $2, $3, $4, $5, $6))",
      "(DATE, TIME) -> DATETIME: $1 + $2",
      "(DATETIME) -> DATETIME: $1",
      "(DATE) -> DATETIME: CAST($1 AS TIMESTAMP)",
      "(TIMESTAMP) -> DATETIME: timezone('UTC', $1)",
      "(STRING) -> DATETIME: gsql_datetime($1)",
    ],
    (operand, zone) => ({ code: zone.local(operand.code), type: scalar("DATETIME") }),
    ["TIMESTAMP"],
  ),
  TIME: zoned(
    [
      "(INT64, INT64, INT64) -> TIME: make_time($1, $2, $3)",
      "(TIMESTAMP) -> TIME: CAST(timezone('UTC', $1) AS TIME)",
      "(DATETIME) -> TIME: CAST($1 AS TIME)",
      "(TIME) -> TIME: $1",
    ],
    (operand, zone) => ({ code: ["CAST(", zone.local(operand.code), " AS TIME)"], type: scalar("TIME") }),
    ["TIMESTAMP"],
  ),
  TIMESTAMP: zoned(
    [
      "(TIMESTAMP) -> TIMESTAMP: $1",
      "(DATETIME) -> TIMESTAMP: timezone('UTC', $1)",
      "(DATE) -> TIMESTAMP: timezone('UTC', CAST($1 AS TIMESTAMP))",
      "(STRING) -> TIMESTAMP: gsql_timestamp($1)",
      "(STRING, STRING) -> TIMESTAMP: gsql_timestamp_in($1, $2)",
    ],
    (operand, zone) => ({
      code: zone.instant(operand.type.kind === "DATE" ? ["CAST(", operand.code, " AS TIMESTAMP)"] : operand.code),
      type: scalar("TIMESTAMP"),
    }),
    ["DATE", "DATETIME"],
  ),
  STRING: zoned(
    [
      "(JSON) -> STRING: gsql_json_string($1)",
      "(TIMESTAMP) -> STRING: gsql_timestamp_text($1)",
      "(DATETIME) -> STRING: gsql_datetime_text($1)",
      "(DATE) -> STRING: CAST($1 AS VARCHAR)",
      "(TIME) -> STRING: gsql_time_text($1)",
    ],
    (operand, zone) => ({
      code: ["gsql_timestamp_text_in(", operand.code, ", ", zone.code, ")"],
      type: scalar("STRING"),
    }),
    ["TIMESTAMP"],
  ),
  DATE_ADD: addition("+"),
  DATE_SUB: addition("-"),
  DATETIME_ADD: addition("+"),
  DATETIME_SUB: addition("-"),
  TIMESTAMP_ADD: addition("+"),
  TIMESTAMP_SUB: addition("-"),
  TIME_ADD: addition("+"),
  TIME_SUB: addition("-"),
  DATE_TRUNC: truncation,
  DATETIME_TRUNC: truncation,
  TIMESTAMP_TRUNC: truncation,
  TIME_TRUNC: truncation,
  DATE_DIFF: difference,
  DATETIME_DIFF: difference,
  TIMESTAMP_DIFF: difference,
  TIME_DIFF: difference,
  LAST_DAY: lastDay,
  GENERATE_DATE_ARRAY: generateDates,
  GENERATE_TIMESTAMP_ARRAY: generateDates,
  DATE_BUCKET: dateBucket,
  DATETIME_BUCKET: dateBucket,
  TIMESTAMP_BUCKET: dateBucket,
  DATE_FROM_UNIX_DATE: scalarFunction("(INT64) -> DATE: gsql_date_plus(DATE '1970-01-01', $1)"),
  UNIX_DATE: scalarFunction("(DATE) -> INT64: CAST($1 - DATE '1970-01-01' AS BIGINT)"),
  UNIX_SECONDS: scalarFunction("(TIMESTAMP) -> INT64: gsql_floor_div(epoch_us($1), 1000000)"),
  UNIX_MILLIS: scalarFunction("(TIMESTAMP) -> INT64: gsql_floor_div(epoch_us($1), 1000)"),
  UNIX_MICROS: scalarFunction("(TIMESTAMP) -> INT64: epoch_us($1)"),
  TIMESTAMP_SECONDS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1 * 1000000)))",
  ),
  TIMESTAMP_MILLIS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1 * 1000)))",
  ),
  TIMESTAMP_MICROS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1)))",
  ),
  TIMESTAMP_FROM_UNIX_SECONDS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1 * 1000000)))",
  ),
  TIMESTAMP_FROM_UNIX_MILLIS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1 * 1000)))",
  ),
  TIMESTAMP_FROM_UNIX_MICROS: scalarFunction(
    "(INT64) -> TIMESTAMP: gsql_timestamp_in_range(timezone('UTC', make_timestamp($1)))",
  ),
  MAKE_INTERVAL: scalarFunction(
    "(year: INT64 = 0, month: INT64 = 0, day: INT64 = 0, hour: INT64 = 0, minute: INT64 = 0, second: INT64 = 0) -> INTERVAL: gsql_make_interval($1, $2, $3, $4, $5, $6)",
  ),
  JUSTIFY_DAYS: scalarFunction("(INTERVAL) -> INTERVAL: gsql_justify_days($1)"),
  JUSTIFY_HOURS: scalarFunction("(INTERVAL) -> INTERVAL: gsql_justify_hours($1)"),
  JUSTIFY_INTERVAL: scalarFunction("(INTERVAL) -> INTERVAL: gsql_justify_interval($1)"),
};
