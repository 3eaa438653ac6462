import type { DataType } from "../type/data-type.ts";
import type { ColumnUse, Constant, ScopeColumn, Value } from "../value.ts";

/** A relation that FROM brought into scope. */
export interface Relation {
  /** The name by which the author speaks of it; an unnamed one has none. */
  readonly alias: string | undefined;
  /** Its name in the emitted SQL. */
  readonly emitted: string;
  readonly columns: readonly ScopeColumn[];
  /** The whole row of a relation whose rows are values (UNNEST, SELECT AS STRUCT), under the relation's name. */
  readonly row: ScopeColumn | undefined;
  /** What an array's elements belong to: nothing, a row of a relation before it, or one of an outer query. */
  readonly array: "free" | "row" | "outer" | undefined;
  /** Whether its columns are not known because it was refused itself. */
  readonly isBroken: boolean;
}

/** A query that WITH named. */
export interface CommonTable {
  readonly name: string;
  readonly emitted: string;
  readonly columns: readonly OutputColumn[];
  readonly valueType: DataType | undefined;
}

/** A column that a query gives. Only `name` can be referred to; `emitted` is its unique name in the emitted SQL. */
export interface OutputColumn {
  readonly name: string | undefined;
  readonly emitted: string;
  readonly type: DataType;
  readonly sources: ScopeColumn["sources"];
  readonly isNullable: boolean;
  /** What is known of the value if it is a literal: set operations let the other branches decide about its type. */
  readonly constant: Constant | undefined;
}

/** The names that an expression may use: those of one SELECT, and around it those of the queries that it stands in. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** Filled while FROM is read, in order. */
  readonly relations: Relation[];
  /** Columns that USING merged, which come first and hide those that they were merged from. */
  readonly merged: ScopeColumn[];
  readonly commonTables: Map<string, CommonTable>;
  /** Aliases of the select list, where the clause at hand sees them, and parameters of lambdas. */
  readonly names: ReadonlyMap<string, Value>;
  /** Aliases of the select list that the clause at hand does not see, for the hint. */
  readonly unseen: ReadonlySet<string>;
  /** The texts of the grouping keys, once they are known. */
  readonly groupingKeys: ReadonlySet<string> | undefined;
  /** The columns of scopes around this one that it has read. */
  readonly outerReads: ColumnUse[];
  /** Stands for this SELECT in the columns that it owns, also in scopes derived from this one. */
  readonly owner: object;
}

/** An empty scope inside another one. */
export function openScope(parent: Scope | undefined): Scope {
  return {
    parent,
    relations: [],
    merged: [],
    commonTables: new Map(),
    names: new Map(),
    unseen: new Set(),
    groupingKeys: undefined,
    outerReads: [],
    owner: {},
  };
}

/** The common table of this name that is visible, if there is one. */
export function findCommonTable(scope: Scope, name: string): CommonTable | undefined {
  const key = name.toLowerCase();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.commonTables.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The scope itself and those around it, from the inside out. */
export function* scopesFrom(scope: Scope): Generator<Scope> {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) yield at;
}

/** All columns of a scope that `*` gives, in order. */
export function visibleColumns(scope: Scope): readonly ScopeColumn[] {
  const hidden = new Set(scope.merged.flatMap((column) => (isMerged(column) ? column.parts : [])));
  const own = scope.relations.flatMap((relation) =>
    relation.columns.filter((column) => !hidden.has(column) && !isPseudo(column)),
  );
  return [...scope.merged, ...own];
}

/** A column that USING made of two others. */
export interface MergedColumn extends ScopeColumn {
  readonly parts: readonly ScopeColumn[];
}

/** Whether USING made this column. */
export function isMerged(column: ScopeColumn): column is MergedColumn {
  return "parts" in column;
}

/** Whether a column can be named but is no part of `*` (`_TABLE_SUFFIX`). */
function isPseudo(column: ScopeColumn): boolean {
  return column.name.startsWith("_TABLE_");
}

/** A name for a relation of the emitted SQL that hides none of those around it. */
export function freshAlias(scope: Scope, wanted: string): string {
  const taken = new Set<string>();
  for (const at of scopesFrom(scope)) for (const relation of at.relations) taken.add(relation.emitted.toLowerCase());
  let alias = wanted;
  for (let count = 1; taken.has(alias.toLowerCase()); count++) alias = `${wanted}_${count}`;
  return alias;
}
