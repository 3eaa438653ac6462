import { bracketed, type Code, codeText, placed } from "../code.ts";
import { refuse } from "../refusal.ts";
import type { Scope } from "../scope/scope.ts";
import type { Expression } from "../syntax.ts";
import { arrayOf, brokenType, type DataType, scalar } from "../type/data-type.ts";
import { type ColumnUse, makeValue, type ScopeColumn, type Value } from "../value.ts";
import type { Context } from "./context.ts";
import { refuseSilently } from "../refusal.ts";
import type { QueryResult } from "./query-result.ts";

/** Translates a query that stands where a value is wanted. */
export function translateSubquery(
  expression: Extract<Expression, { readonly kind: "scalar subquery" | "array subquery" | "exists" }>,
  context: Context,
): Value {
  const place = { start: expression.start, end: expression.end };
  const result = context.translation.translateQuery(expression.query, context);
  const uses = usesOf(result, context.scope);
  const value = (code: Code, type: DataType): Value => ({
    ...makeValue({ code: placed(place, code), type, place }),
    uses,
    hasQuery: true,
  });
  if (expression.kind === "exists")
    return { ...value(["EXISTS ", bracketed(result.code)], scalar("BOOL")), isNullable: false };
  const [column, other] = result.columns;
  if (column === undefined || (other !== undefined && result.valueType === undefined))
    refuse(
      "set-operation-width",
      `A subquery that stands for a value must have one column, and this has ${result.columns.length}.`,
      place,
      "Wrap the columns in STRUCT(…).",
    );
  const type = result.valueType ?? column.type;
  if (type === brokenType) refuseSilently();
  if (expression.kind === "scalar subquery") return { ...value(bracketed(result.code), type), name: column.name };
  if (type.kind === "ARRAY")
    refuse("argument-type", "An array of arrays is not a type.", place, "Wrap the inner array in a STRUCT.");
  return value(["ARRAY", bracketed(result.code)], arrayOf(type));
}

/** The outer columns that a query reads, and what its columns come from, which counts as read within it. */
function usesOf(result: QueryResult, scope: Scope): readonly ColumnUse[] {
  const outer = result.outerUses.map((use) => {
    const isKey = scope.groupingKeys?.has(codeText(use.column.code)) === true;
    return isKey ? { ...use, isSettled: true } : use;
  });
  for (const use of outer) if (use.column.owner !== scope.owner) scope.outerReads.push(use);
  const inner = result.columns.map((column): ColumnUse => {
    const source: ScopeColumn = {
      name: column.name ?? "",
      type: column.type,
      code: "",
      sources: column.sources,
      owner: column,
    };
    return { column: source, place: { start: 0, end: 0 }, isSettled: true };
  });
  return [...outer, ...inner];
}
