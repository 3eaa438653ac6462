import type { Snapshot } from "../../domain/snapshot.ts";
import type { Relation } from "../../domain/relation.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { SnapshotChange, SnapshotTables } from "./dialect.ts";
import { side } from "./duckdb-key.ts";
import { identifier, identifiers, relationText } from "./duckdb-text.ts";

/** The names by which the two sides are known inside the statements; dbt's, for expressions of authors may say them. */
const [sourceData, snapshottedData] = ["source_data", "snapshotted_data"] as const;

function keyColumn(index: number): string {
  return `dbt_unique_key_${String(index + 1)}`;
}

function keyColumns({ uniqueKey }: Snapshot): readonly string[] {
  return uniqueKey.map((_, index) => keyColumn(index));
}

function keys({ uniqueKey }: Snapshot): Sql {
  return joinSql(
    uniqueKey.map((key, index) => sql`, (${key}) as ${identifier(keyColumn(index))}`),
    "",
  );
}

function sameKeys(snapshot: Snapshot): Sql {
  return joinSql(
    keyColumns(snapshot).map((column) => sql`${side(snapshottedData, column)} = ${side(sourceData, column)}`),
    " and ",
  );
}

/** The logical time of the run, as a plain timestamp of UTC. */
function timeLiteral(nowMicroseconds: number): Sql {
  return trustedSql(`make_timestamp(${String(nowMicroseconds)})`);
}

function hash(parts: readonly Sql[]): Sql {
  const texts = parts.map((part) => sql`coalesce(cast(${part} as varchar), '')`);
  return sql`md5(${joinSql(texts, " || '|' || ")})`;
}

function changedAt({ strategy }: Snapshot, now: number): Sql {
  return strategy.updatedAt ?? timeLiteral(now);
}

/** The columns that a snapshot adds to those of its query, for rows that are valid from now on. */
function added(snapshot: Snapshot, now: number): Sql {
  const { columns, uniqueKey, hardDeletes, validToCurrent } = snapshot;
  const at = changedAt(snapshot, now);
  const scdId = hash([...uniqueKey, at]);
  const current = validToCurrent ?? trustedSql("null");
  return sql`,
  ${scdId} as ${identifier(columns.scdId)},
  ${at} as ${identifier(columns.updatedAt)},
  ${at} as ${identifier(columns.validFrom)},
  coalesce(nullif(${at}, ${at}), ${current}) as ${identifier(columns.validTo)}${
    hardDeletes === "new_record" ? sql`,\n  'False' as ${identifier(columns.isDeleted)}` : emptySql
  }`;
}

/** See `Dialect`. */
export function snapshotQuery(snapshot: Snapshot, query: Sql, now: number): Sql {
  return sql`select *${added(snapshot, now)}\nfrom (\n${query}\n)`;
}

/** See `Dialect`. */
export function latestState(target: Relation, { columns }: Snapshot): Sql {
  return sql`select epoch_us(max(${identifier(columns.updatedAt)})) as "latest" from ${relationText(target)}`;
}

/** Whether a row of the table is the one that is valid still. */
function isOpen({ columns, validToCurrent }: Snapshot, alias: string): Sql {
  const validTo = side(alias, columns.validTo);
  const open = sql`${validTo} is null`;
  return validToCurrent === undefined ? open : sql`(${validTo} = ${validToCurrent} or ${open})`;
}

function openRows(target: Relation, snapshot: Snapshot): Sql {
  return sql`(
  select *${keys(snapshot)}
  from ${relationText(target)} as snapshot
  where ${isOpen(snapshot, "snapshot")}
) as ${trustedSql(snapshottedData)}`;
}

function isChanged({ strategy, columns, hardDeletes }: Snapshot, change: SnapshotChange): Sql {
  const changed =
    strategy.kind === "timestamp"
      ? sql`${side(snapshottedData, columns.validFrom)} < ${trustedSql(`${sourceData}.`)}${strategy.updatedAt}`
      : change.isWidened
        ? trustedSql("true")
        : joinSql(
            change.checked.map(
              (column) => sql`${side(snapshottedData, column)} is distinct from ${side(sourceData, column)}`,
            ),
            "\n  or ",
          );
  if (hardDeletes !== "new_record") return changed;
  return sql`${changed}\n  or ${side(snapshottedData, columns.isDeleted)} = 'True'`;
}

/** See `Dialect`. */
export function stageSnapshot(target: Relation, snapshot: Snapshot, change: SnapshotChange): readonly Sql[] {
  const { tables, now } = change;
  const [first = ""] = keyColumns(snapshot);
  const source = identifier(tables.source.temporary);
  const { columns, hardDeletes } = snapshot;
  const changed = sql`create or replace temporary table ${identifier(tables.changed.temporary)} as (
select ${trustedSql(sourceData)}.*, ${side(snapshottedData, columns.scdId)} as dbt_replaced_scd_id
from (
  select *${keys(snapshot)}${added(snapshot, now)}
  from ${source}
) as ${trustedSql(sourceData)}
left join ${openRows(target, snapshot)} on ${sameKeys(snapshot)}
where ${side(snapshottedData, first)} is null
  or ${isChanged(snapshot, change)}
)`;
  if (hardDeletes === "ignore") return [changed];
  const isMarked =
    hardDeletes === "new_record"
      ? sql`\n  and ${side(snapshottedData, columns.isDeleted)} is distinct from 'True'`
      : emptySql;
  return [
    changed,
    sql`create or replace temporary table ${identifier(tables.deleted.temporary)} as (
select ${trustedSql(snapshottedData)}.*
from ${openRows(target, snapshot)}
left join (
  select *${keys(snapshot)}
  from ${source}
) as ${trustedSql(sourceData)} on ${sameKeys(snapshot)}
where ${side(sourceData, first)} is null${isMarked}
)`,
  ];
}

function close(
  target: Relation,
  snapshot: Snapshot,
  { table, scdId, at }: { readonly table: string; readonly scdId: string; readonly at: Sql },
): Sql {
  const { columns } = snapshot;
  return sql`update ${relationText(target)} as target
set ${identifier(columns.validTo)} = ${at}
from ${identifier(table)} as ended
where ${side("target", columns.scdId)} = ${side("ended", scdId)}
  and ${isOpen(snapshot, "target")}`;
}

function insertDeleted(
  target: Relation,
  { columns }: Snapshot,
  { now, queried }: SnapshotChange,
  { deleted }: SnapshotTables,
): Sql {
  const own = [columns.scdId, columns.updatedAt, columns.validFrom, columns.validTo, columns.isDeleted];
  const at = timeLiteral(now);
  return sql`insert into ${relationText(target)} (${identifiers([...queried, ...own])})
select ${identifiers(queried)}, ${hash([identifier(columns.scdId), at])}, ${at}, ${at}, ${identifier(columns.validTo)}, 'True'
from ${identifier(deleted.temporary)}`;
}

/** See `Dialect`. */
export function applySnapshot(target: Relation, snapshot: Snapshot, change: SnapshotChange): readonly Sql[] {
  const { tables, now } = change;
  const { columns, hardDeletes } = snapshot;
  const ended = { table: tables.changed.temporary, scdId: "dbt_replaced_scd_id", at: side("ended", columns.updatedAt) };
  const gone = { table: tables.deleted.temporary, scdId: columns.scdId, at: timeLiteral(now) };
  const helpers = identifiers([...keyColumns(snapshot), "dbt_replaced_scd_id"]);
  return [
    close(target, snapshot, ended),
    ...(hardDeletes === "ignore" ? [] : [close(target, snapshot, gone)]),
    ...(hardDeletes === "new_record" ? [insertDeleted(target, snapshot, change, tables)] : []),
    sql`insert into ${relationText(target)} by name
select * exclude (${helpers})
from ${identifier(tables.changed.temporary)}`,
  ];
}
