import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import { coerce } from "../type/cast.ts";
import { scalar } from "../type/data-type.ts";
import { makeValue } from "../value.ts";
import { alignOperands, compare } from "../emit/comparison.ts";
import { callValue, translatedArguments } from "./call-arguments.ts";
import {
  type FunctionEntry,
  type FunctionTable,
  scalarFunction,
  specialFunction,
  volatileFunction,
} from "./function-table.ts";

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

/** NULL if two values are equal. DuckDB's own takes structs for equal whose fields are NULL, and NaN for equal to itself. */
const nullIf = specialFunction((call, context) => {
  const values = translatedArguments(call, context, [2, 2]);
  const [first, second] = alignOperands("NULLIF", values);
  if (first === undefined || second === undefined) throw new Error("Two arguments were counted.");
  const equality = compare("=", first, second);
  const isPlain = first.type.kind !== "STRUCT" && first.type.kind !== "FLOAT64";
  const code: Code = isPlain
    ? ["nullif(", first.code, ", ", second.code, ")"]
    : ["CASE WHEN ", equality.code, " THEN NULL ELSE ", first.code, " END"];
  return callValue(call, { code, type: first.type }, [first, second]);
});

function overNumbers(template: string): FunctionEntry {
  return scalarFunction(
    ...["INT64", "NUMERIC", "BIGNUMERIC", "FLOAT64"].map((type) => `(${type}) -> ${type}: ${template}`),
  );
}

/** Functions that choose among values, and those that give something new each time. */
export const conditionalFunctions: FunctionTable = {
  COALESCE: scalarFunction("(T, T…) -> T: coalesce($1, $2*)"),
  ERROR: error,
  GENERATE_UUID: volatileFunction("() -> STRING!: CAST(uuid() AS VARCHAR)"),
  IF: scalarFunction("(BOOL, T, T) -> T: CASE WHEN $1 THEN $2 ELSE $3 END"),
  IFNULL: scalarFunction("(T, T) -> T: coalesce($1, $2)"),
  NULLIF: nullIf,
  NULLIFZERO: overNumbers("nullif($1, 0)"),
  RAND: volatileFunction("() -> FLOAT64!: random()"),
  ZEROIFNULL: overNumbers("coalesce($1, 0)"),
};
