import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { describeColumns } from "./bigquery-columns.ts";
import { comment, contractColumns, contractedQuery, contractQuery } from "./bigquery-contract.ts";
import { alterColumns, append, deleteInsert, repeatedKeys, replaceBatch } from "./bigquery-incremental.ts";
import { merge } from "./bigquery-merge.ts";
import { inListed, inPartitions, overwritePartitions, partitionsOf } from "./bigquery-partitions.ts";
import { putTable, putTemporary, putView } from "./bigquery-replace.ts";
import { replaceTableByRows, unreadableTexts } from "./bigquery-rows.ts";
import { bigquerySnapshot } from "./bigquery-snapshot.ts";
import { identifier, identifiers, lines, literal, relationText, type Scratch, temporaryText } from "./bigquery-text.ts";
import type { Dialect, UnitParts } from "./dialect.ts";

/** Where tables of scripts lie meanwhile, and where datasets are made; BigQuery chooses a place where none is given. */
export interface BigqueryPlace {
  readonly scratch: Scratch;
  readonly location: string | undefined;
}

/**
 * A transaction of BigQuery takes no definitions of lasting tables (BIGQUERY §5): they stand before it. What the ledger
 * remembers of a table that is defined anew comes after the table, for it must not know what is not there.
 */
function unit({ defined, rows, recorded }: UnitParts): readonly Sql[] {
  const changes = rows.length === 0 ? [] : [...recorded, ...rows];
  if (changes.length === 0) return [...defined, ...recorded];
  if (changes.length === 1) return [...defined, ...changes];
  return [...defined, trustedSql("begin transaction"), ...changes, trustedSql("commit transaction")];
}

/** BigQuery's statements. One `execute` is one job: a script whose statements commit one by one but for its transactions. */
export function bigquery({ scratch, location }: BigqueryPlace): Dialect {
  const inScratch = (staged: { readonly temporary: string }): Sql => temporaryText(staged, scratch);
  const temporary: Dialect["temporary"] = ({ schema, identifier: owner }, suffix) => ({
    temporary: `${schema}__${owner}${suffix}`.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\p{Pd} ]/gu, "_"),
  });
  return {
    language: "bigquery",
    unit,
    temporary,
    relation: relationText,
    createSchema: ({ database, schema }) => {
      const name = joinSql([database, schema].map(identifier), ".");
      const place = location === undefined ? emptySql : sql` options (location = ${literal(location)})`;
      return [sql`create schema if not exists ${name}${place}`];
    },
    replaceTable: (relation, existing, build) =>
      putTable(relation, existing, { columns: emptySql, build, query: build.query }),
    replaceContracted: (relation, existing, build) =>
      putTable(relation, existing, {
        columns: contractColumns(build.contract),
        build,
        query: contractedQuery(build.contract, build.query),
      }),
    contractQuery,
    commentedColumn: (name) => name.split(".")[0] ?? name,
    comment,
    replaceView: putView,
    createFunctions: () => [],
    replaceTableByRows: (relation, existing, content) =>
      replaceTableByRows(relation, { existing, gathering: inScratch(temporary(relation, "__dbt_seed")) }, content),
    unreadableTexts,
    describeColumns,
    createTemporary: (table, query) => [putTemporary(inScratch(table), query)],
    readTemporary: (table, columns) => sql`select ${identifiers(columns)} from ${inScratch(table)}`,
    dropTemporary: (tables) => tables.map((table) => sql`drop table if exists ${inScratch(table)}`),
    retypeTemporary: (table, columns) => {
      const casts = columns.map(
        ({ name, type }) => sql`cast(${identifier(name)} as ${trustedSql(type)}) as ${identifier(name)}`,
      );
      const query = sql`select * replace (\n  ${lines(casts, ",")}\n)\nfrom ${inScratch(table)}`;
      return casts.length === 0 ? [] : [putTemporary(inScratch(table), query)];
    },
    repeatedKeys: (target, staged, uniqueKey) => repeatedKeys(target, staged, { uniqueKey, scratch }),
    alterColumns,
    merge: (target, staged, rows) => merge(target, { staged, scratch }, rows),
    deleteInsert: (target, staged, rows) => deleteInsert(target, { staged, scratch }, rows),
    replaceBatch: (target, staged, rows) => replaceBatch(target, { staged, scratch }, rows),
    partitions: {
      of: (staged, partitioning) => partitionsOf({ staged, scratch }, partitioning),
      within: (partitions, partitioning) => inPartitions("DBT_INTERNAL_DEST", partitions, partitioning),
      listed: (partitions, partitioning) => inListed("DBT_INTERNAL_DEST", partitions, partitioning),
      overwrite: (target, staged, rows) => overwritePartitions(target, { staged, scratch }, rows),
    },
    append: (target, staged, columns) => append(target, { staged, scratch }, columns),
    ...bigquerySnapshot(scratch),
  };
}
