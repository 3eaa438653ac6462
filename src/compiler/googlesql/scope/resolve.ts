import { didYouMean } from "../../nearest-name.ts";
import { placed } from "../code.ts";
import type { Place } from "../place.ts";
import { refuse, refuseSilently } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { structCode } from "../type/cast.ts";
import { brokenType, structOf } from "../type/data-type.ts";
import { makeValue, type ScopeColumn, type Value } from "../value.ts";
import { accessField } from "./field.ts";
import { isMerged, type Relation, type Scope, scopesFrom } from "./scope.ts";

/** What a name with dots means: a column, a field of one, a whole row; from the innermost scope outwards. */
export function resolvePath(scope: Scope, names: readonly Name[]): Value {
  const [first, second] = names;
  if (first === undefined) throw new Error("A name without parts.");
  for (const at of scopesFrom(scope)) {
    const found = resolveIn(at, first, second);
    if (found === undefined) continue;
    if (at.owner !== scope.owner) scope.outerReads.push(...found.value.uses);
    return names.slice(found.length).reduce(accessField, { ...found.value, name: names[found.length - 1]?.text });
  }
  return refuseName(scope, names);
}

/** The value of the first name, or of the first two where they are a relation and its column. */
function resolveIn(
  scope: Scope,
  first: Name,
  second: Name | undefined,
): { readonly value: Value; readonly length: 1 | 2 } | undefined {
  const key = first.text.toLowerCase();
  const named = scope.names.get(key);
  if (named !== undefined) return { value: { ...named, place: first, code: placed(first, named.code) }, length: 1 };
  const relation = scope.relations.find((candidate) => candidate.alias?.toLowerCase() === key);
  if (relation !== undefined) {
    if (second !== undefined) {
      const column = findColumn(relation.columns, second);
      if (column !== undefined)
        return { value: columnValue(column, { start: first.start, end: second.end }), length: 2 };
    }
    if (relation.isBroken) refuseSilently();
    if (second !== undefined && relation.row === undefined) refuseColumn(relation, second);
    return { value: rowValue(relation, first), length: 1 };
  }
  const column = findColumnIn(scope, first);
  return column === undefined ? undefined : { value: columnValue(column, first), length: 1 };
}

function findColumn(columns: readonly ScopeColumn[], name: Name): ScopeColumn | undefined {
  const key = name.text.toLowerCase();
  const [found, other] = columns.filter((column) => column.name.toLowerCase() === key);
  if (other !== undefined)
    refuse(
      "ambiguous-column",
      `The column "${name.text}" is ambiguous.`,
      name,
      "Give the columns different names where they are made.",
    );
  return found;
}

function findColumnIn(scope: Scope, name: Name): ScopeColumn | undefined {
  const key = name.text.toLowerCase();
  const merged = scope.merged.find((column) => column.name.toLowerCase() === key);
  const hidden = merged !== undefined && isMerged(merged) ? merged.parts : [];
  const found = scope.relations.flatMap((relation) =>
    relation.columns
      .filter((column) => column.name.toLowerCase() === key && !hidden.includes(column))
      .map((column) => ({ column, relation })),
  );
  const [only, other] = found;
  if (other !== undefined || (merged !== undefined && only !== undefined)) {
    const owners = found.flatMap(({ relation }) =>
      relation.alias === undefined ? [] : [`"${relation.alias}.${name.text}"`],
    );
    const hint = owners.length < 2 ? undefined : `Write ${owners.join(" or ")}.`;
    refuse("ambiguous-column", `The column "${name.text}" is ambiguous.`, name, hint);
  }
  return merged ?? only?.column;
}

/** A column as a value. */
export function columnValue(column: ScopeColumn, place: Place): Value {
  if (column.type === brokenType) refuseSilently();
  const value = makeValue({ code: placed(place, column.code), type: column.type, place, name: column.name });
  return { ...value, uses: [{ column, place, isSettled: false }] };
}

/** A whole row: the row's own value where rows are values, else a struct of the columns. */
function rowValue(relation: Relation, place: Place): Value {
  if (relation.row !== undefined) return columnValue(relation.row, place);
  const parts = relation.columns.map((column) => columnValue(column, place));
  const type = structOf(
    relation.columns.map((column) => ({ name: column.name === "" ? undefined : column.name, type: column.type })),
  );
  return makeValue({ code: structCode(type, parts), type, place, parts, name: relation.alias }, parts);
}

function refuseColumn(relation: Relation, name: Name): never {
  const known = relation.columns.map((column) => column.name);
  refuse(
    "unknown-column",
    `There is no column "${name.text}" in "${relation.alias ?? ""}".`,
    name,
    didYouMean(name.text, known) ?? listOf(known),
  );
}

function listOf(names: readonly string[]): string | undefined {
  const shown = names.filter((name) => name !== "");
  if (shown.length === 0 || shown.length > 12) return undefined;
  return `It has ${shown.map((name) => `"${name}"`).join(", ")}.`;
}

function refuseName(scope: Scope, names: readonly Name[]): never {
  const [first, second] = names;
  if (first === undefined) throw new Error("A name without parts.");
  if (scope.unseen.has(first.text.toLowerCase()))
    refuse(
      "unknown-column",
      `There is no column "${first.text}" here.`,
      first,
      "An alias of the select list is not visible in this clause; repeat the expression, or use a WITH query.",
    );
  const scopes = [...scopesFrom(scope)];
  if (scopes.some((at) => at.relations.some((relation) => relation.isBroken))) refuseSilently();
  const relations = scopes.flatMap((at) => at.relations);
  const columns = scopes.flatMap((at) => [
    ...at.names.keys(),
    ...at.relations.flatMap((relation) => relation.columns.map((column) => column.name)),
  ]);
  if (second !== undefined) {
    const aliases = relations.flatMap((relation) => relation.alias ?? []);
    const hint = didYouMean(first.text, [...aliases, ...columns]) ?? listAliases(aliases);
    refuse("unknown-alias", `There is no table or column "${first.text}" here.`, first, hint);
  }
  const tables = [...new Set(relations.flatMap((relation) => relation.alias ?? []))];
  const where = tables.length === 1 ? ` in "${tables[0] ?? ""}"` : " here";
  refuse("unknown-column", `There is no column "${first.text}"${where}.`, first, didYouMean(first.text, columns));
}

function listAliases(aliases: readonly string[]): string | undefined {
  return aliases.length === 0
    ? undefined
    : `In scope ${aliases.length === 1 ? "is" : "are"} ${aliases.map((alias) => `"${alias}"`).join(", ")}.`;
}
