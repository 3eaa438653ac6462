import type { Column } from "../../domain/column.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import type { DialectName } from "../../domain/settings.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { ContractedContent, Dialect, RelationBuild, TableContent } from "./dialect.ts";
import { comment, contractDefinition, contractQuery } from "./duckdb-contract.ts";
import { alterColumns, append, deleteInsert, repeatedKeys, replaceBatch } from "./duckdb-incremental.ts";
import { merge } from "./duckdb-merge.ts";
import { duckdbSnapshot } from "./duckdb-snapshot.ts";
import { createFunctions } from "./duckdb-functions.ts";
import { duckdbType } from "./duckdb-type.ts";
import { identifier, identifiers, lines, literal, numberLiteral, relationText, plainNames } from "./duckdb-text.ts";

/** Rows of an insert statement; a larger seed takes several statements. */
const rowsAnInsert = 500;

function dropExisting(relation: Relation, existing: RelationKind | undefined, wanted: RelationKind): readonly Sql[] {
  if (existing === undefined || existing === wanted) return [];
  return [existing === "view" ? sql`drop view ${relationText(relation)}` : sql`drop table ${relationText(relation)}`];
}

function replaceTable(
  relation: Relation,
  existing: RelationKind | undefined,
  { query }: RelationBuild,
): readonly Sql[] {
  return [
    ...dropExisting(relation, existing, "table"),
    sql`create or replace table ${relationText(relation)} as (\n${query}\n)`,
  ];
}

function replaceContracted(
  relation: Relation,
  existing: RelationKind | undefined,
  { contract, query }: ContractedContent,
): readonly Sql[] {
  const columns = plainNames(contract.columns.map(({ name }) => name));
  const create = trustedSql(existing === "table" ? "create or replace table" : "create table");
  return [
    ...dropExisting(relation, existing, "table"),
    sql`${create} ${relationText(relation)} (\n  ${contractDefinition(contract)}\n)`,
    sql`insert into ${relationText(relation)} (${columns})\n(\nselect ${columns} from (\n${query}\n) as model_subq\n)`,
  ];
}

function replaceView(relation: Relation, existing: RelationKind | undefined, { query }: RelationBuild): readonly Sql[] {
  return [
    ...dropExisting(relation, existing, "view"),
    sql`create or replace view ${relationText(relation)} as (\n${query}\n)`,
  ];
}

/** A type that an author gives: in DuckDB's own dialect it is DuckDB's, `timestamp` among them. */
function typeText(type: string, dialect: DialectName): Sql {
  return trustedSql(dialect === "duckdb" ? type : duckdbType(type));
}

function unreadableTexts(
  { type, dialect }: { readonly type: string; readonly dialect: DialectName },
  texts: readonly string[],
): Sql {
  const rows = texts.map((text, index) => sql`(${numberLiteral(index)}, ${literal(text)})`);
  return sql`select "row"
from (values
  ${lines(rows, ",")}
) as cells ("row", "cell")
where try_cast("cell" as ${typeText(type, dialect)}) is null
order by 1
limit 5`;
}

function replaceTableByRows(
  relation: Relation,
  existing: RelationKind | undefined,
  content: TableContent,
): readonly Sql[] {
  const columns = content.columns.map(
    ({ name, type }) =>
      sql`${content.namesAre === "bare" ? trustedSql(name) : identifier(name)} ${typeText(type, content.dialect)}`,
  );
  const rows = content.rows.map((row) => sql`(${joinSql(row.map(literal), ", ")})`);
  const inserts: Sql[] = [];
  for (let first = 0; first < rows.length; first += rowsAnInsert)
    inserts.push(
      sql`insert into ${relationText(relation)} values\n  ${lines(rows.slice(first, first + rowsAnInsert), ",")}`,
    );
  return [
    ...dropExisting(relation, existing, "table"),
    sql`create or replace table ${relationText(relation)} (\n  ${lines(columns, ",")}\n)`,
    ...inserts,
  ];
}

function createTemporary(table: TemporaryTable, query: Sql): readonly Sql[] {
  return [sql`create or replace temporary table ${identifier(table.temporary)} as (\n${query}\n)`];
}

function retypeTemporary(table: TemporaryTable, columns: readonly Column[]): readonly Sql[] {
  return columns.map(
    ({ name, type }) =>
      sql`alter table ${identifier(table.temporary)} alter column ${identifier(name)} type ${trustedSql(type)}`,
  );
}

function describeColumns(schemas: readonly Pick<Relation, "database" | "schema">[]): Sql {
  const wanted = schemas.map(
    ({ database, schema }) => sql`(${literal(database.toLowerCase())}, ${literal(schema.toLowerCase())})`,
  );
  return sql`select
  c.database_name as "database", c.schema_name as "schema", c.table_name as "relation", r.kind as "kind",
  r.comment as "relation_comment", c.column_name as "name", c.column_index as "position", c.data_type as "type",
  c.comment as "comment"
from duckdb_columns() as c
join (
  select database_name, schema_name, table_name, comment, 'table' as kind from duckdb_tables()
  union all
  select database_name, schema_name, view_name, comment, 'view' from duckdb_views()
) as r using (database_name, schema_name, table_name)
where (lower(c.database_name), lower(c.schema_name)) in (${joinSql(wanted, ", ")})
order by 1, 2, 3, 7`;
}

/** DuckDB's statements. One `execute` is one transaction there, DDL included (DBT_SEMANTICS §5.4). */
export const duckdb: Dialect = {
  language: "duckdb",
  unit: ({ defined, rows, recorded }) => [...recorded, ...defined, ...rows],
  temporary: ({ identifier: owner }, suffix) => ({ temporary: `${owner}${suffix}` }),
  relation: relationText,
  createSchema: (relation) => [
    sql`create schema if not exists ${joinSql([identifier(relation.database), identifier(relation.schema)], ".")}`,
  ],
  replaceTable,
  replaceContracted,
  contractQuery,
  commentedColumn: (name) => name,
  comment,
  replaceView,
  createFunctions,
  replaceTableByRows,
  unreadableTexts,
  describeColumns,
  createTemporary,
  readTemporary: ({ temporary }, columns) => sql`select ${identifiers(columns)} from ${identifier(temporary)}`,
  dropTemporary: () => [],
  retypeTemporary,
  repeatedKeys,
  alterColumns,
  merge,
  deleteInsert,
  append,
  replaceBatch,
  ...duckdbSnapshot,
};
