import { didYouMean } from "../../nearest-name.ts";
import type { Place } from "../place.ts";
import { refuse, refuseSilently } from "../refusal.ts";
import { columnValue, resolvePath } from "../scope/resolve.ts";
import { type Relation, visibleColumns } from "../scope/scope.ts";
import type { Expression, Name, Select, SelectItem } from "../syntax.ts";
import { structField } from "../type/cast.ts";
import { typeText } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import type { Context } from "./context.ts";

/** A column of the select list before it is translated: an expression of the author's, or a column that a star gives. */
export type PlannedItem =
  | { readonly kind: "expression"; readonly value: Expression; readonly alias: Name | undefined; readonly place: Place }
  | { readonly kind: "column"; readonly value: Value; readonly name: string | undefined; readonly place: Place };

/** The columns of the select list, stars expanded. */
export function planItems(select: Select, context: Context): readonly PlannedItem[] {
  return select.items.flatMap((item) => (item.kind === "star" ? expandStar(item, context) : [plan(item)]));
}

function plan(item: Extract<SelectItem, { readonly kind: "expression" }>): PlannedItem {
  const place = { start: item.value.start, end: item.value.end };
  return { kind: "expression", value: item.value, alias: item.alias, place };
}

function expandStar(star: Extract<SelectItem, { readonly kind: "star" }>, context: Context): readonly PlannedItem[] {
  const place = { start: star.start, end: star.end };
  const columns = starColumns(star, context, place);
  const names = columns.map(({ name }) => name ?? "");
  const dropped = new Set(star.except.map((name) => knownName(name, names, "EXCEPT")));
  const replaced = new Map(star.replace.map((item) => [knownName(item.name, names, "REPLACE"), item]));
  const kept = columns.filter(({ name }) => !dropped.has((name ?? "").toLowerCase()));
  if (columns.length === 0) refuseSilently();
  if (kept.length === 0) refuse("syntax-error", "EXCEPT leaves no column.", place);
  return kept.map(({ value, name }): PlannedItem => {
    const replacement = replaced.get((name ?? "").toLowerCase());
    if (replacement === undefined) return { kind: "column", value, name, place };
    return { kind: "expression", value: replacement.value, alias: replacement.name, place: replacement.name };
  });
}

function knownName(name: Name, names: readonly string[], clause: string): string {
  const key = name.text.toLowerCase();
  if (!names.some((known) => known.toLowerCase() === key))
    refuse(
      "unknown-column",
      `${clause} names the column "${name.text}", which the star does not give.`,
      name,
      didYouMean(name.text, names),
    );
  return key;
}

interface StarColumn {
  readonly value: Value;
  readonly name: string | undefined;
}

function starColumns(
  star: Extract<SelectItem, { readonly kind: "star" }>,
  context: Context,
  place: Place,
): readonly StarColumn[] {
  const { scope } = context;
  const { base } = star;
  if (base === undefined) {
    if (scope.relations.length === 0) refuse("syntax-error", "SELECT * needs a FROM clause.", place);
    return named(visibleColumns(scope).map((column) => columnValue(column, place)));
  }
  const relation = relationOf(base, context);
  if (relation !== undefined && relation.row?.type.kind !== "STRUCT")
    return named(relation.columns.map((column) => columnValue(column, place)));
  const value =
    base.kind === "path" ? resolvePath(scope, base.names) : context.translation.translateExpression(base, context);
  if (value.type.kind !== "STRUCT")
    refuse("argument-type", `".*" needs a struct or a table, and this is of type ${typeText(value.type)}.`, place);
  return value.type.fields.map((field, index) => ({ value: structField(value, index), name: field.name }));
}

function named(values: readonly Value[]): readonly StarColumn[] {
  return values.map((value) => ({ value, name: value.name === "" ? undefined : value.name }));
}

function relationOf(base: Expression, context: Context): Relation | undefined {
  const [name, ...others] = base.kind === "path" ? base.names : [];
  if (name === undefined || others.length > 0) return undefined;
  const key = name.text.toLowerCase();
  return context.scope.relations.find((relation) => relation.alias?.toLowerCase() === key);
}
