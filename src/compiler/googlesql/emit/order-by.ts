import { type Code, joinCode } from "../code.ts";
import { refuse } from "../refusal.ts";
import type { OrderItem } from "../syntax.ts";
import { containsType, typeText } from "../type/data-type.ts";
import { operandCode, type Value } from "../value.ts";
import type { Context } from "./context.ts";

/** The direction and the place of NULLs, written out: GoogleSQL puts NULLs first going up and last going down. */
function directionCode(item: Pick<OrderItem, "isDescending" | "nulls">): string {
  const nulls = item.nulls ?? (item.isDescending ? "last" : "first");
  return `${item.isDescending ? " DESC" : ""} NULLS ${nulls.toUpperCase()}`;
}

/** An order key: GoogleSQL puts NaN before all other numbers and DuckDB behind them, so a FLOAT64 has a key before it. */
export function orderKeyCode(value: Value, item: Pick<OrderItem, "isDescending" | "nulls">): Code {
  refuseUnorderable(value);
  const plain: Code = [value.code, directionCode(item)];
  if (value.type.kind !== "FLOAT64" || value.constant !== undefined) return plain;
  const isNan = directionCode({
    isDescending: !item.isDescending,
    nulls: item.nulls ?? (item.isDescending ? "last" : "first"),
  });
  return ["isnan(", value.code, ")", isNan, ", ", plain];
}

/** Refuses a value that has no order. */
export function refuseUnorderable(value: Value): void {
  if (containsType(value.type, (type) => ["JSON", "ARRAY", "STRUCT"].includes(type.kind)))
    refuse("comparison-type", `Values of type ${typeText(value.type)} have no order.`, value.place);
}

/** The items of an ORDER BY inside a call or a window: always expressions, never ordinals or aliases. */
export function orderCode(items: readonly OrderItem[], context: Context): Code {
  const keys = items.map((item) => orderKeyCode(context.translation.translateExpression(item.value, context), item));
  return joinCode(keys, ", ");
}

/** An order key that stands alone, for where a single one is allowed. */
export function plainOrderCode(value: Value, item: OrderItem): Code {
  return [operandCode(value), directionCode(item)];
}
