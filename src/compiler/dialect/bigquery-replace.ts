import type { Relation, RelationKind } from "../../domain/relation.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { tableClauses, viewClauses } from "./bigquery-layout.ts";
import { besides, identifier, relationText } from "./bigquery-text.ts";
import type { RelationBuild } from "./dialect.ts";

/** A table as it is created: what stands between its name and the layout, and what behind it. */
export interface TableText {
  /** Columns with what they promise, in brackets, or nothing. */
  readonly columns: Sql;
  readonly build: RelationBuild;
  readonly query: Sql;
}

function createTable(relation: Relation, { columns, build, query }: TableText): Sql {
  return sql`create or replace table ${relationText(relation)}${columns}${tableClauses(build.layout)}
as (\n${query}\n)`;
}

/** Gives a table another name in its dataset. */
function rename(from: Relation, to: Relation): Sql {
  return sql`alter table ${relationText(from)} rename to ${identifier(to.identifier)}`;
}

/**
 * Puts a table under the name. A table of one layout is replaced in one statement. What cannot be replaced in place, a
 * view or a table of another layout, stays until the new table is whole beside it: a failing query loses nothing.
 */
export function putTable(relation: Relation, existing: RelationKind | undefined, text: TableText): readonly Sql[] {
  const isInPlace = existing === undefined || (existing === "table" && text.build.isRelaid !== true);
  if (isInPlace) return [createTable(relation, text)];
  const aside = besides(relation, "__dbt_new");
  const old = besides(relation, "__dbt_backup");
  const built = [sql`drop table if exists ${relationText(aside)}`, createTable(aside, text)];
  if (existing === "view") return [...built, sql`drop view ${relationText(relation)}`, rename(aside, relation)];
  return [
    ...built,
    sql`drop table if exists ${relationText(old)}`,
    rename(relation, old),
    rename(aside, relation),
    sql`drop table ${relationText(old)}`,
  ];
}

function createView(relation: Relation, { query, layout }: RelationBuild): Sql {
  return sql`create or replace view ${relationText(relation)}${viewClauses(layout)}
as (\n${query}\n)`;
}

/** Puts a view under the name; a table is dropped once the view is known to be one that BigQuery takes. */
export function putView(relation: Relation, existing: RelationKind | undefined, build: RelationBuild): readonly Sql[] {
  if (existing !== "table") return [createView(relation, build)];
  const tried = besides(relation, "__dbt_new");
  return [
    createView(tried, build),
    sql`drop view ${relationText(tried)}`,
    sql`drop table ${relationText(relation)}`,
    createView(relation, build),
  ];
}

/** What a table of a script outlives it by, should the script not come to its end. */
const temporaryLife = trustedSql(
  "options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))",
);

/** A table of a script. */
export function putTemporary(name: Sql, query: Sql): Sql {
  return sql`create or replace table ${name}
${temporaryLife}
as (\n${query}\n)`;
}
