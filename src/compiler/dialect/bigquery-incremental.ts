import { batchTimeText } from "../../domain/batch.ts";
import type { Relation } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { tableClauses } from "./bigquery-layout.ts";
import {
  identifier,
  identifiers,
  isReplaced,
  lines,
  literal,
  relationText,
  sameKey,
  type Scratch,
  side,
  temporaryText,
} from "./bigquery-text.ts";
import { together } from "./key-text.ts";
import type { BatchRows, ColumnChange, ReplacedRows } from "./dialect.ts";

/** See `Dialect`. */
export function repeatedKeys(
  target: Relation,
  staged: TemporaryTable,
  { uniqueKey, scratch }: { readonly uniqueKey: readonly string[]; readonly scratch: Scratch },
): Sql {
  const columns = uniqueKey.map((column) => side("repeated", column));
  const key = joinSql(
    columns.map((column) => sql`cast(${column} as string)`),
    " || ', ' || ",
  );
  return sql`select ${key} as \`key\`, copies
from (
  select ${identifiers(uniqueKey)}, count(*) as copies
  from ${temporaryText(staged, scratch)}
  group by ${identifiers(uniqueKey)}
  having count(*) > 1
) as repeated
where exists (select 1 from ${relationText(target)} as target where ${sameKey(uniqueKey, ["target", "repeated"])})
order by 1
limit 5`;
}

function retype(target: Relation, { retyped, layout }: ColumnChange): Sql {
  const casts = retyped.map(
    ({ name, type }) => sql`cast(${identifier(name)} as ${trustedSql(type)}) as ${identifier(name)}`,
  );
  return sql`create or replace table ${relationText(target)}${tableClauses(layout)}
as (
select * replace (
  ${lines(casts, ",")}
)
from ${relationText(target)}
)`;
}

/**
 * See `Dialect`. A table takes five changes of its metadata in ten seconds, so all columns are added by one statement; types
 * change by one that writes the table whole.
 */
export function alterColumns(target: Relation, change: ColumnChange): readonly Sql[] {
  const { added, removed, retyped } = change;
  const table = relationText(target);
  const adds = added.map(({ name, type }) => sql`add column if not exists ${identifier(name)} ${trustedSql(type)}`);
  const drops = removed.map((name) => sql`drop column if exists ${identifier(name)}`);
  return [
    ...(adds.length === 0 ? [] : [sql`alter table ${table}\n  ${lines(adds, ",")}`]),
    ...(drops.length === 0 ? [] : [sql`alter table ${table}\n  ${lines(drops, ",")}`]),
    ...(retyped.length === 0 ? [] : [retype(target, change)]),
  ];
}

/** Rows of a script's table, and where that lies. */
export interface StagedRows {
  readonly staged: TemporaryTable;
  readonly scratch: Scratch;
}

/** See `Dialect`. */
export function append(target: Relation, { staged, scratch }: StagedRows, columns: readonly string[]): readonly Sql[] {
  const list = identifiers(columns);
  return [
    sql`insert into ${relationText(target)} (${list})
select ${list} from ${temporaryText(staged, scratch)}`,
  ];
}

/** See `Dialect`. */
export function deleteInsert(target: Relation, rows: StagedRows, replaced: ReplacedRows): readonly Sql[] {
  const table = temporaryText(rows.staged, rows.scratch);
  return [
    sql`delete from ${relationText(target)} as DBT_INCREMENTAL_TARGET
where ${together(isReplaced(table, replaced), replaced.predicates)}`,
    ...append(target, rows, replaced.columns),
  ];
}

/** See `Dialect`. The column may be a date, a datetime or a timestamp. */
export function replaceBatch(target: Relation, rows: StagedRows, batched: BatchRows): readonly Sql[] {
  const { eventTime, batch, predicates, columns } = batched;
  const time = sql`cast(${identifier(eventTime)} as timestamp)`;
  const instant = (ms: number): Sql => sql`timestamp ${literal(batchTimeText(ms))}`;
  const isInBatch = sql`${time} >= ${instant(batch.startMs)} and ${time} < ${instant(batch.endMs)}`;
  const list = identifiers(columns);
  return [
    sql`delete from ${relationText(target)}
where ${together(isInBatch, predicates)}`,
    sql`insert into ${relationText(target)} (${list})
select ${list} from ${temporaryText(rows.staged, rows.scratch)}
where ${isInBatch}`,
  ];
}
