import { bracketed, type Code, placed, quoteName } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { placeAround } from "../place.ts";
import { refuse, refuseSilently, refuseUnsupported } from "../refusal.ts";
import { parseType } from "../read/parse-type.ts";
import {
  findCommonTable,
  freshAlias,
  isMerged,
  type OutputColumn,
  type Relation,
  type Scope,
  scopesFrom,
} from "../scope/scope.ts";
import type { FromItem, Name } from "../syntax.ts";
import { type DataType, unknownType } from "../type/data-type.ts";
import type { ScopeColumn } from "../value.ts";
import { attempt, type CatalogTable, type Context } from "./context.ts";
import { translateJoin } from "./join.ts";
import { translatePivot } from "./pivot.ts";
import type { QueryResult } from "./query-result.ts";
import { translateUnnest } from "./unnest.ts";
import { translateUnpivot } from "./unpivot.ts";
import { isWildcard, translateWildcard } from "./wildcard.ts";

/** Translates what FROM reads and adds its relations to the scope. What is refused leaves a relation of unknown columns. */
export function translateFrom(item: FromItem, context: Context): Code {
  const { scope, translation } = context;
  const before = scope.relations.length;
  const code = attempt(translation, () => translateItem(item, context));
  if (code === undefined) {
    const alias = "alias" in item ? item.alias?.text : undefined;
    const name = alias ?? (item.kind === "table" ? item.path.at(-1)?.text : undefined);
    if (scope.relations.length === before) scope.relations.push(brokenRelation(name));
  }
  return code ?? "NULL";
}

function brokenRelation(alias: string | undefined): Relation {
  return { alias, emitted: alias ?? "q", columns: [], row: undefined, array: undefined, isBroken: true };
}

function translateItem(item: FromItem, context: Context): Code {
  switch (item.kind) {
    case "table":
      return translateTable(item, context);
    case "subquery":
      return translateDerived(item, context);
    case "unnest":
      return translateUnnest(item, context);
    case "join":
      return translateJoin(item, { context, translateFrom });
    case "pivot":
      return translatePivot(item, { context, translateFrom });
    case "unpivot":
      return translateUnpivot(item, { context, translateFrom });
  }
}

function translateTable(item: Extract<FromItem, { readonly kind: "table" }>, context: Context): Code {
  const [first, ...others] = item.path;
  const last = item.path.at(-1);
  if (first === undefined || last === undefined) throw new Error("A table has a name.");
  const { scope } = context;
  const common = others.length === 0 ? findCommonTable(scope, first.text) : undefined;
  if (common !== undefined) {
    const name = quoteName(common.emitted);
    return addRelation(
      { alias: item.alias ?? first, ...common },
      { context, code: placed(first, name), ownName: common.emitted },
    );
  }
  if (others.length > 0 && isRelation(scope, first)) {
    const array = { kind: "path", names: item.path, start: first.start, end: last.end } as const;
    return translateUnnest(
      { kind: "unnest", array, alias: item.alias ?? last, offset: undefined, start: item.start, end: item.end },
      context,
    );
  }
  const path = item.path.flatMap((part) => part.text.split("."));
  if (isWildcard(path)) return translateWildcard(item, path, context);
  return addTable(item, path, context);
}

function isRelation(scope: Scope, name: Name): boolean {
  const key = name.text.toLowerCase();
  return [...scopesFrom(scope)].some((at) => at.relations.some((relation) => relation.alias?.toLowerCase() === key));
}

function addTable(
  item: Extract<FromItem, { readonly kind: "table" }>,
  path: readonly string[],
  context: Context,
): Code {
  const place = item.path.reduce(placeAround, item.path[0] ?? item);
  if (path.some((part) => /^INFORMATION_SCHEMA$/iu.test(part))) refuseUnsupported("INFORMATION_SCHEMA", place);
  const table = path.length > 3 ? undefined : context.translation.catalog.find(path);
  const name = path.join(".");
  if (table === undefined) {
    const names = [...context.translation.catalog.names(), ...commonNames(context.scope)];
    refuse("unknown-table", `There is no table "${name}".`, place, didYouMean(name, names));
  }
  if (table.columns.length === 0)
    refuse(
      "untyped",
      `The columns of "${name}" are not known.`,
      place,
      "Declare them where the table is described: each with its name and data_type.",
    );
  const last = item.path.at(-1);
  const alias = item.alias ?? (last === undefined ? undefined : { ...last, text: path.at(-1) ?? last.text });
  const columns = table.columns.map((column): OutputColumn => ({
    name: column.name,
    emitted: column.name,
    type: columnType(column.type, name),
    sources: [{ table: path, column: column.name }],
    isNullable: true,
    constant: undefined,
  }));
  return addRelation(
    { alias, columns, valueType: undefined },
    { context, code: placed(place, tableCode(table)), ownName: table.relation.at(-1) ?? "" },
  );
}

function tableCode(table: CatalogTable): Code {
  return table.relation.map(quoteName).join(".");
}

/** The declared type of a column; one that is not declared, or has parameters, is taken for what it holds. */
function columnType(text: string, table: string): DataType {
  if (text.trim() === "") return unknownType;
  try {
    return parseType(text);
  } catch {
    return refuseColumnType(text, table);
  }
}

function refuseColumnType(text: string, table: string): never {
  refuse("unknown-type", `A column of "${table}" has the type "${text}", which is none of GoogleSQL's.`, {
    start: 0,
    end: 0,
  });
}

function* commonNames(scope: Scope): Generator<string> {
  for (const at of scopesFrom(scope)) for (const table of at.commonTables.values()) yield table.name;
}

function translateDerived(item: Extract<FromItem, { readonly kind: "subquery" }>, context: Context): Code {
  const inner: Context = { ...context, scope: outsideOf(context.scope) };
  const result = context.translation.translateQuery(item.query, inner);
  return addDerived(result, { alias: item.alias, context });
}

/** A query in FROM does not see the relations beside it, only those around the SELECT. */
function outsideOf(scope: Scope): Scope {
  return { ...scope, relations: [], merged: [], names: new Map() };
}

/** Adds a query as a relation; one that the author does not name gets a name for itself. */
function addDerived(
  result: QueryResult,
  { alias, context }: { readonly alias: Name | undefined; readonly context: Context },
): Code {
  return addRelation({ alias, ...result }, { context, code: bracketed(result.code), ownName: undefined });
}

/** Adds a relation to the scope and gives its code, with an alias where its own name will not do. */
export function addRelation(
  source: {
    readonly alias: Name | undefined;
    readonly columns: readonly OutputColumn[];
    readonly valueType: DataType | undefined;
  },
  setting: { readonly context: Context; readonly code: Code; readonly ownName: string | undefined },
): Code {
  const { scope } = setting.context;
  const alias = source.alias?.text;
  if (alias !== undefined && scope.relations.some((relation) => relation.alias?.toLowerCase() === alias.toLowerCase()))
    refuse(
      "duplicate-name",
      `FROM names "${alias}" twice.`,
      source.alias ?? { start: 0, end: 0 },
      "Give one of them an alias.",
    );
  const emitted = freshAlias(scope, alias ?? "q");
  scope.relations.push(relationOf({ ...source, alias }, emitted, scope));
  if (setting.ownName === emitted) return setting.code;
  const name = quoteName(emitted);
  return [setting.code, " AS ", source.alias === undefined ? name : placed(source.alias, name)];
}

function relationOf(
  source: {
    readonly alias: string | undefined;
    readonly columns: readonly OutputColumn[];
    readonly valueType: DataType | undefined;
  },
  emitted: string,
  scope: Scope,
): Relation {
  const columns = source.columns.map((column): ScopeColumn => ({
    name: column.name ?? "",
    type: column.type,
    code: `${quoteName(emitted)}.${quoteName(column.emitted)}`,
    sources: column.sources,
    owner: scope.owner,
  }));
  const [only] = columns;
  if (source.valueType === undefined || only === undefined)
    return { alias: source.alias, emitted, columns, row: undefined, array: undefined, isBroken: false };
  return rowRelation({ alias: source.alias, emitted, row: { ...only, name: source.alias ?? "" } }, []);
}

/** A relation whose rows are values: the fields of a struct are its columns, any other value is one itself. */
export function rowRelation(
  source: { readonly alias: string | undefined; readonly emitted: string; readonly row: ScopeColumn },
  others: readonly ScopeColumn[],
): Relation {
  const { row } = source;
  const { type } = row;
  const columns =
    type.kind === "STRUCT"
      ? type.fields.map((field, index): ScopeColumn => ({
          ...row,
          name: field.name ?? "",
          type: field.type,
          code: [row.code, ".", quoteName(field.name ?? `_${index + 1}`)],
        }))
      : [row];
  return {
    alias: source.alias,
    emitted: source.emitted,
    columns: [...columns, ...others],
    row,
    array: undefined,
    isBroken: false,
  };
}

/** The relations that a part of FROM added, and the columns that it shows, merged ones first. */
export function columnsSince(scope: Scope, start: number): readonly ScopeColumn[] {
  const relations = scope.relations.slice(start);
  if (relations.some((relation) => relation.isBroken)) refuseSilently();
  const own = relations.flatMap((relation) => relation.columns);
  const merged = scope.merged.filter((column) => isMerged(column) && column.parts.every((part) => own.includes(part)));
  const hidden = new Set(merged.flatMap((column) => (isMerged(column) ? column.parts : [])));
  return [...merged, ...own.filter((column) => !hidden.has(column))];
}
