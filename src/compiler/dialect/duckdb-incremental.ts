import type { Relation } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { batchTimeText } from "../../domain/batch.ts";
import type { BatchRows, ColumnChange, ReplacedRows } from "./dialect.ts";
import { together } from "./key-text.ts";
import { identifier, identifiers, isReplaced, literal, relationText, sameKey, side } from "./duckdb-text.ts";

/** See `Dialect`. */
export function repeatedKeys(target: Relation, staged: TemporaryTable, uniqueKey: readonly string[]): Sql {
  // A null in a key matches nothing, so none of these is null.
  const key = joinSql(
    uniqueKey.map((column) => sql`cast(${side("staged", column)} as varchar)`),
    " || ', ' || ",
  );
  return sql`select ${key} as "key", count(*) as "copies"
from ${identifier(staged.temporary)} as staged
where exists (select 1 from ${relationText(target)} as target where ${sameKey(uniqueKey, ["target", "staged"])})
group by ${joinSql(
    uniqueKey.map((column) => side("staged", column)),
    ", ",
  )}
having count(*) > 1
order by 1
limit 5`;
}

/** See `Dialect`. */
export function alterColumns(target: Relation, { added, removed, retyped }: ColumnChange): readonly Sql[] {
  const table = relationText(target);
  return [
    ...added.map(({ name, type }) => sql`alter table ${table} add column ${identifier(name)} ${trustedSql(type)}`),
    ...removed.map((name) => sql`alter table ${table} drop column ${identifier(name)}`),
    ...retyped.map(
      ({ name, type }) => sql`alter table ${table} alter column ${identifier(name)} type ${trustedSql(type)}`,
    ),
  ];
}

/** See `Dialect`. */
export function append(target: Relation, staged: TemporaryTable, columns: readonly string[]): readonly Sql[] {
  const list = identifiers(columns);
  return [
    sql`insert into ${relationText(target)} (${list})
select ${list} from ${identifier(staged.temporary)}`,
  ];
}

/** See `Dialect`. */
export function deleteInsert(target: Relation, staged: TemporaryTable, replaced: ReplacedRows): readonly Sql[] {
  return [
    sql`delete from ${relationText(target)} as DBT_INCREMENTAL_TARGET
where ${together(isReplaced(identifier(staged.temporary), replaced), replaced.predicates)}`,
    ...append(target, staged, replaced.columns),
  ];
}

/** See `Dialect`. The ends of a batch compare rightly with dates, timestamps and timestamps with a zone (DBT_SEMANTICS §5.3). */
export function replaceBatch(
  target: Relation,
  staged: TemporaryTable,
  { eventTime, batch, predicates, columns }: BatchRows,
): readonly Sql[] {
  const time = identifier(eventTime);
  const instant = (ms: number): Sql => literal(batchTimeText(ms));
  const isInBatch = sql`${time} >= ${instant(batch.startMs)} and ${time} < ${instant(batch.endMs)}`;
  const list = identifiers(columns);
  return [
    sql`delete from ${relationText(target)}
where ${together(isInBatch, predicates)}`,
    sql`insert into ${relationText(target)} (${list})
select ${list} from ${identifier(staged.temporary)}
where ${isInBatch}`,
  ];
}
