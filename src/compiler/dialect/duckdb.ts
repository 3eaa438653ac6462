import type { Column } from "../../domain/column.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import type { DialectName } from "../../domain/settings.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { Dialect, MergeColumns, TableContent } from "./dialect.ts";
import { createFunctions } from "./duckdb-functions.ts";
import { duckdbType } from "./duckdb-type.ts";
import { identifier, identifiers, lines, literal, numberLiteral, relationText } from "./duckdb-text.ts";

/** Rows of an insert statement; a larger seed takes several statements. */
const rowsAnInsert = 500;

function dropExisting(relation: Relation, existing: RelationKind | undefined, wanted: RelationKind): readonly Sql[] {
  if (existing === undefined || existing === wanted) return [];
  return [existing === "view" ? sql`drop view ${relationText(relation)}` : sql`drop table ${relationText(relation)}`];
}

function replaceTable(relation: Relation, existing: RelationKind | undefined, query: Sql): readonly Sql[] {
  return [
    ...dropExisting(relation, existing, "table"),
    sql`create or replace table ${relationText(relation)} as (\n${query}\n)`,
  ];
}

function replaceView(relation: Relation, existing: RelationKind | undefined, query: Sql): readonly Sql[] {
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

function side(alias: string, column: string): Sql {
  return sql`${trustedSql(alias)}.${identifier(column)}`;
}

function sameKey(uniqueKey: readonly string[]): Sql {
  return joinSql(
    uniqueKey.map((column) => sql`${side("target", column)} = ${side("staged", column)}`),
    " and ",
  );
}

function repeatedKeys(target: Relation, staged: TemporaryTable, uniqueKey: readonly string[]): Sql {
  // A null in a key matches nothing, so none of these is null.
  const key = joinSql(
    uniqueKey.map((column) => sql`cast(${side("staged", column)} as varchar)`),
    " || ', ' || ",
  );
  return sql`select ${key} as "key", count(*) as "copies"
from ${identifier(staged.temporary)} as staged
where exists (select 1 from ${relationText(target)} as target where ${sameKey(uniqueKey)})
group by ${joinSql(
    uniqueKey.map((column) => side("staged", column)),
    ", ",
  )}
having count(*) > 1
order by 1
limit 5`;
}

function merge(target: Relation, staged: TemporaryTable, { uniqueKey, columns }: MergeColumns): readonly Sql[] {
  const keys = new Set(uniqueKey.map((column) => column.toLowerCase()));
  const values = columns.filter((column) => !keys.has(column.toLowerCase()));
  const differs = values.map((column) => sql`${side("target", column)} is distinct from ${side("staged", column)}`);
  const updates = values.map((column) => sql`${identifier(column)} = ${side("staged", column)}`);
  const update =
    values.length === 0
      ? emptySql
      : sql`
when matched and (
  ${lines(differs, " or")}
) then update set
  ${lines(updates, ",")}`;
  const inserted = columns.map((column) => side("staged", column));
  return [
    sql`merge into ${relationText(target)} as target
using ${identifier(staged.temporary)} as staged
on ${sameKey(uniqueKey)}${update}
when not matched then insert (${identifiers(columns)})
  values (${joinSql(inserted, ", ")})`,
  ];
}

function append(target: Relation, staged: TemporaryTable, columns: readonly string[]): readonly Sql[] {
  const list = identifiers(columns);
  return [
    sql`insert into ${relationText(target)} (${list})
select ${list} from ${identifier(staged.temporary)}`,
  ];
}

/** DuckDB's statements. One `execute` is one transaction there, DDL included (DBT_SEMANTICS §5.4). */
export const duckdb: Dialect = {
  relation: relationText,
  createSchema: (relation) => [
    sql`create schema if not exists ${joinSql([identifier(relation.database), identifier(relation.schema)], ".")}`,
  ],
  replaceTable,
  replaceView,
  createFunctions,
  replaceTableByRows,
  unreadableTexts,
  createTemporary,
  retypeTemporary,
  repeatedKeys,
  merge,
  append,
};
