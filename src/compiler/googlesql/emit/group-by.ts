import { type Code, codeText, joinCode } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { GroupItem, Select } from "../syntax.ts";
import { containsType, typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import type { Context } from "./context.ts";
import type { PlannedItem } from "./select-items.ts";

/** A grouping key: a value, or a structure of keys (ROLLUP, CUBE, GROUPING SETS, a set in brackets). */
export type GroupingKey =
  | { readonly kind: "key"; readonly value: Value }
  | { readonly kind: "rollup" | "cube" | "grouping sets" | "set"; readonly keys: readonly GroupingKey[] };

/** The keys of GROUP BY. An alias or an ordinal stands for the item of the select list; an alias hides a column of its name. */
export function groupingKeys(
  items: readonly GroupItem[],
  planned: readonly PlannedItem[],
  context: Context,
): readonly GroupingKey[] {
  return items.map((item): GroupingKey => {
    if (item.kind !== "expression") return { kind: item.kind, keys: groupingKeys(item.items, planned, context) };
    if (item.value.kind === "struct" && item.value.isTuple) {
      const parts = item.value.fields.map((field): GroupItem => ({ kind: "expression", value: field.value }));
      return { kind: "set", keys: groupingKeys(parts, planned, context) };
    }
    return { kind: "key", value: keyValue(item, planned, context) };
  });
}

function keyValue(
  item: Extract<GroupItem, { readonly kind: "expression" }>,
  planned: readonly PlannedItem[],
  context: Context,
): Value {
  const { value } = item;
  const target = selectedItem(value, planned);
  const key =
    target === undefined ? context.translation.translateExpression(value, context) : itemValue(target, context);
  if (key.hasAggregate || key.hasWindow)
    refuse("aggregate-not-allowed", "GROUP BY cannot take an aggregate or window function.", value);
  if (containsType(key.type, (type) => type.kind === "JSON"))
    refuse("comparison-type", `Values of type ${typeText(key.type)} cannot be grouped.`, value);
  return key;
}

/** The item of the select list that an ordinal or an alias stands for. */
function selectedItem(
  value: Extract<GroupItem, { readonly kind: "expression" }>["value"],
  planned: readonly PlannedItem[],
): PlannedItem | undefined {
  if (value.kind === "literal" && value.type === "INT64") {
    const item = planned[Number(value.text) - 1];
    if (item === undefined)
      refuse("argument-type", `GROUP BY ${value.text}: the select list has ${planned.length} items.`, value);
    return item;
  }
  const [name, ...others] = value.kind === "path" ? value.names : [];
  if (name === undefined || others.length > 0) return undefined;
  const key = name.text.toLowerCase();
  const matches = planned.filter((item) => item.kind === "expression" && item.alias?.text.toLowerCase() === key);
  if (matches.length > 1) refuse("ambiguous-column", `The alias "${name.text}" stands for more than one item.`, name);
  return matches[0];
}

/** The value of a planned item. */
export function itemValue(item: PlannedItem, context: Context): Value {
  return item.kind === "column" ? item.value : context.translation.translateExpression(item.value, context);
}

/** All values among grouping keys. */
export function keyValues(keys: readonly GroupingKey[]): readonly Value[] {
  return keys.flatMap((key) => (key.kind === "key" ? [key.value] : keyValues(key.keys)));
}

/** The GROUP BY clause's list: an item of the select list by its ordinal, anything else spelled out. */
export function groupingCode(keys: readonly GroupingKey[], selected: readonly Value[]): Code {
  return joinCode(
    keys.map((key) => keyCode(key, selected)),
    ", ",
  );
}

function keyCode(key: GroupingKey, selected: readonly Value[]): Code {
  switch (key.kind) {
    case "key": {
      const text = codeText(key.value.code);
      const ordinal = selected.findIndex((value) => codeText(value.code) === text);
      return ordinal === -1 ? key.value.code : String(ordinal + 1);
    }
    case "set":
      return ["(", groupingCode(key.keys, selected), ")"];
    case "rollup":
    case "cube":
    case "grouping sets":
      return [key.kind.toUpperCase(), " (", groupingCode(key.keys, selected), ")"];
  }
}

/** GROUP BY ALL: every item of the select list that takes no aggregate and reads a column. */
export function allKeys(values: readonly Value[]): readonly GroupingKey[] {
  return values
    .filter((value) => !value.hasAggregate && !value.hasWindow && value.uses.length > 0)
    .map((value): GroupingKey => ({ kind: "key", value }));
}

/** Refuses a value that reads a column which is neither grouped nor aggregated. */
export function requireGrouped(value: Value, context: Context): void {
  const loose = value.uses.find((use) => !use.isSettled && use.column.owner === context.scope.owner);
  if (loose === undefined) return;
  refuse(
    "ungrouped-column",
    `The column "${loose.column.name}" is neither grouped nor aggregated.`,
    loose.place,
    `Add it to GROUP BY, or take ANY_VALUE(${loose.column.name}).`,
  );
}

/** Whether a SELECT gives one row a group. */
export function isAggregated(select: Pick<Select, "groupBy" | "having">, values: readonly Value[]): boolean {
  return select.groupBy !== undefined || select.having !== undefined || values.some((value) => value.hasAggregate);
}

/** Refuses what no DuckDB query can say of groupings. */
export function requireSupported(
  keys: readonly GroupingKey[],
  place: { readonly start: number; readonly end: number },
): void {
  if (keyValues(keys).some((value) => value.isVolatile))
    refuseUnsupported("GROUP BY of a value that changes with each evaluation", place);
}
