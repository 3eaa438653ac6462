import { placed, quoteName } from "../code.ts";
import type { Code } from "../code.ts";
import { refuse } from "../refusal.ts";
import { freshAlias, type Relation, type Scope } from "../scope/scope.ts";
import type { FromItem } from "../syntax.ts";
import { scalar, typeText } from "../type/data-type.ts";
import type { ScopeColumn, Value } from "../value.ts";
import type { Context } from "./context.ts";
import { rowRelation } from "./from.ts";

function attachment(array: Value, scope: Scope): NonNullable<Relation["array"]> {
  if (array.uses.length === 0) return "free";
  return array.uses.some((use) => use.column.owner === scope.owner) ? "row" : "outer";
}

/** Translates UNNEST: a relation of the array's elements, with their positions from 0 where WITH OFFSET wants them. */
export function translateUnnest(item: Extract<FromItem, { readonly kind: "unnest" }>, context: Context): Code {
  const { scope } = context;
  const inner: Context = { ...context, clause: "UNNEST", allows: { aggregates: false, windows: false } };
  const array = context.translation.translateExpression(item.array, inner);
  if (array.type.kind === "UNKNOWN")
    refuse(
      "untyped",
      `The type of "${array.name ?? ""}" is not known, and UNNEST depends on it.`,
      array.place,
      "Declare the column's data_type where its table is described.",
    );
  if (array.type.kind !== "ARRAY")
    refuse("argument-type", `UNNEST takes an array, and this is of type ${typeText(array.type)}.`, array.place);
  const alias = item.alias?.text;
  if (alias !== undefined && scope.relations.some((relation) => relation.alias?.toLowerCase() === alias.toLowerCase()))
    refuse("duplicate-name", `FROM names "${alias}" twice.`, item.alias ?? item.array, "Give one of them an alias.");
  const emitted = freshAlias(scope, alias ?? "unnest");
  const element = alias ?? "value";
  const position = element.toLowerCase() === "position" ? "index" : "position";
  const sources = array.uses.flatMap((use) => use.column.sources);
  const columnOf = (name: string, type: ScopeColumn["type"], code: Code): ScopeColumn => ({
    name,
    type,
    code,
    sources,
    owner: scope.owner,
  });
  const row = columnOf(alias ?? "", array.type.element, `${quoteName(emitted)}.${quoteName(element)}`);
  const offset =
    item.offset === undefined
      ? []
      : [columnOf(item.offset.text, scalar("INT64"), `(${quoteName(emitted)}.${quoteName(position)} - 1)`)];
  scope.relations.push({ ...rowRelation({ alias, emitted, row }, offset), array: attachment(array, scope) });
  const names = [element, ...(item.offset === undefined ? [] : [position])].map(quoteName).join(", ");
  const ordinality = item.offset === undefined ? "" : " WITH ORDINALITY";
  const name: Code = item.alias === undefined ? quoteName(emitted) : placed(item.alias, quoteName(emitted));
  return ["unnest(", array.code, ")", ordinality, " AS ", name, "(", names, ")"];
}
