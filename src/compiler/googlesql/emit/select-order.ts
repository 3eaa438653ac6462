import { type Code, codeText, joinCode, quoteName } from "../code.ts";
import { refuse } from "../refusal.ts";
import type { OutputColumn } from "../scope/scope.ts";
import type { Name, OrderItem, Select } from "../syntax.ts";
import { brokenType } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import { attempt, type Context } from "./context.ts";
import { orderKeyCode } from "./order-by.ts";

/** An item of the select list, translated. */
export interface SelectedItem {
  readonly value: Value;
  readonly alias: Name | undefined;
  readonly name: string | undefined;
}

/** The ORDER BY of a SELECT. */
export interface SelectOrder {
  readonly code: Code | undefined;
  /** The keys that are no items of the select list, which must be grouped where the SELECT groups. */
  readonly values: readonly Value[];
  /** Whether the order can only be had around the SELECT: DISTINCT lets no key in that is not selected. */
  readonly needsWrapping: boolean;
}

/** Translates ORDER BY, where ordinals, aliases and names of the select list come before columns. */
export function orderSelect(
  orderBy: readonly OrderItem[],
  setting: {
    readonly select: Select;
    readonly items: readonly SelectedItem[];
    readonly outputs: readonly OutputColumn[];
    readonly context: Context;
  },
): SelectOrder {
  const context: Context = { ...setting.context, clause: "ORDER BY", allows: { aggregates: true, windows: true } };
  const keys = orderBy.flatMap((item) => {
    const key = attempt(context.translation, () => findKey(item, { ...setting, context }));
    return key === undefined ? [] : [{ ...key, item }];
  });
  if (keys.length === 0) return { code: undefined, values: [], needsWrapping: false };
  const { isDistinct } = setting.select;
  const loose = keys.find((key) => key.index === undefined);
  if (isDistinct && loose !== undefined)
    attempt(context.translation, () =>
      refuse(
        "ungrouped-column",
        "ORDER BY after SELECT DISTINCT can only use selected values.",
        loose.item,
        "Select the value, or leave DISTINCT out.",
      ),
    );
  const needsWrapping = isDistinct && keys.some((key) => key.value.type.kind === "FLOAT64");
  const isOneValue = setting.outputs.length < setting.items.length;
  const codes = keys.map(({ value, index, item }) => {
    const output = index === undefined || isOneValue ? undefined : setting.outputs[index];
    if (output === undefined) return orderKeyCode(value, item);
    const name = quoteName(output.emitted);
    if (needsWrapping) return orderKeyCode({ ...value, code: name }, item);
    if (value.type.kind === "FLOAT64" && value.constant === undefined) return orderKeyCode(value, item);
    const isHidden = context.scope.relations.some((relation) =>
      relation.columns.some((column) => column.name.toLowerCase() === output.emitted.toLowerCase()),
    );
    return orderKeyCode({ ...value, code: isHidden ? String((index ?? 0) + 1) : name }, item);
  });
  const values = keys.filter((key) => key.index === undefined).map((key) => key.value);
  return { code: joinCode(codes, ", "), values, needsWrapping };
}

function findKey(
  item: OrderItem,
  { items, context }: { readonly items: readonly SelectedItem[]; readonly context: Context },
): { readonly value: Value; readonly index: number | undefined } {
  const { value: expression } = item;
  if (expression.kind === "literal" && expression.type === "INT64") {
    const index = Number(expression.text) - 1;
    const selected = items[index];
    if (selected === undefined)
      refuse("argument-type", `ORDER BY ${expression.text}: the select list has ${items.length} items.`, expression);
    return { value: known(selected.value), index };
  }
  const value = context.translation.translateExpression(expression, context);
  const text = codeText(value.code);
  const index = items.findIndex((selected) => codeText(selected.value.code) === text);
  return { value: known(value), index: index === -1 ? undefined : index };
}

function known(value: Value): Value {
  return value.type === brokenType ? { ...value, constant: { kind: "null" } } : value;
}
