import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import { coerce } from "../type/cast.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue } from "../value.ts";
import { type FunctionTable, scalarFunction, specialFunction, volatileFunction } from "./function-table.ts";

const error = specialFunction((call, context) => {
  const [message, ...others] = call.arguments;
  const text =
    message === undefined
      ? undefined
      : coerce(context.translation.translateExpression(message.value, context), scalar("STRING"));
  if (text === undefined || others.length > 0)
    refuse("argument-type", "ERROR takes one message of type STRING.", call.namePlace);
  const code: Code = ["gsql_fail(", text.code, ")"];
  const place = { start: call.start, end: call.end };
  return makeValue({ code, type: scalar("INT64"), place, constant: { kind: "error" } }, [text]);
});

/** Functions that choose among values, and those that give something new each time. */
export const conditionalFunctions: FunctionTable = {
  COALESCE: scalarFunction("(T, T…) -> T: coalesce($1, $2*)"),
  ERROR: error,
  GENERATE_UUID: volatileFunction("() -> STRING!: CAST(uuid() AS VARCHAR)"),
  IF: scalarFunction("(BOOL, T, T) -> T: CASE WHEN $1 THEN $2 ELSE $3 END"),
  IFNULL: scalarFunction("(T, T) -> T: coalesce($1, $2)"),
  NULLIF: scalarFunction("(FLOAT64, FLOAT64) -> FLOAT64: gsql_nullif($1, $2)", "(T, T) -> T: nullif($1, $2)"),
  NULLIFZERO: scalarFunction("(T) -> T: nullif($1, 0)"),
  RAND: volatileFunction("() -> FLOAT64!: random()"),
  ZEROIFNULL: scalarFunction("(T) -> T: coalesce($1, 0)"),
};
