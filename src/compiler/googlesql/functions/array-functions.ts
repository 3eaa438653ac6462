import type { Code } from "../code.ts";
import { applyLines } from "../emit/call.ts";
import { unify } from "../emit/conditional.ts";
import { refuse } from "../refusal.ts";
import { typeText } from "../type/data-type.ts";
import { makeValue } from "../value.ts";
import { type FunctionTable, scalarFunction, specialFunction, type TableEntry } from "./function-table.ts";

const concat = specialFunction((call, context) => {
  const values = call.arguments.map(({ value }) => context.translation.translateExpression(value, context));
  const odd = values.find((value) => value.type.kind !== "ARRAY" && value.constant?.kind !== "null");
  if (values.length === 0) refuse("argument-count", "ARRAY_CONCAT takes at least one array.", call.namePlace);
  if (odd !== undefined)
    refuse(
      odd.type.kind === "UNKNOWN" ? "untyped" : "argument-type",
      `ARRAY_CONCAT takes arrays, not ${typeText(odd.type)}.`,
      odd.place,
    );
  const arrays = unify(values, "ARRAY_CONCAT");
  const [first, ...others] = arrays;
  if (first === undefined) throw new Error("An array was counted.");
  const code = others.reduce<Code>(
    (joined, array) => ["gsql_array_concat(", joined, ", ", array.code, ")"],
    first.code,
  );
  return makeValue({ code, type: first.type, place: { start: call.start, end: call.end } }, arrays);
});

function joining(macro: string): TableEntry {
  return scalarFunction(
    `(ARRAY<STRING>, STRING) -> STRING: ${macro}($1, $2)`,
    `(ARRAY<STRING>, STRING, STRING) -> STRING: ${macro}(gsql_fill_nulls($1, $3), $2)`,
  );
}

const byLiteral = joining("gsql_array_to_string");
const byValue = joining("gsql_array_to_string_by");

/** DuckDB's own function takes no separator but a literal. */
const toText = specialFunction((call, context) => {
  const separator = call.arguments[1]?.value;
  const isLiteral = separator?.kind === "literal";
  return applyLines(call, isLiteral ? byLiteral : byValue, context);
});

/** Functions of arrays. */
export const arrayFunctions: FunctionTable = {
  ARRAY_CONCAT: concat,
  ARRAY_FIRST: scalarFunction("(ARRAY<T>) -> T: gsql_offset($1, 0)"),
  ARRAY_LAST: scalarFunction("(ARRAY<T>) -> T: gsql_offset($1, len($1) - 1)"),
  ARRAY_LENGTH: scalarFunction("(ARRAY<T>) -> INT64: len($1)"),
  ARRAY_REVERSE: scalarFunction("(ARRAY<T>) -> ARRAY<T>: list_reverse($1)"),
  ARRAY_SLICE: scalarFunction("(ARRAY<T>, INT64, INT64) -> ARRAY<T>: gsql_array_slice($1, $2, $3)"),
  ARRAY_TO_STRING: toText,
  GENERATE_ARRAY: scalarFunction(
    "(INT64, INT64, INT64 = 1) -> ARRAY<INT64>: gsql_generate_array($1, $2, $3)",
    "(NUMERIC, NUMERIC, NUMERIC = 1) -> ARRAY<NUMERIC>: gsql_generate_numerics($1, $2, $3)",
    "(FLOAT64, FLOAT64, FLOAT64 = 1) -> ARRAY<FLOAT64>: gsql_generate_floats($1, $2, $3)",
  ),
};
