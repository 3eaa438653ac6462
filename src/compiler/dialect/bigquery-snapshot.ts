import type { Snapshot } from "../../domain/snapshot.ts";
import type { Relation } from "../../domain/relation.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { putTemporary } from "./bigquery-replace.ts";
import { identifier, identifiers, relationText, type Scratch, side, temporaryText } from "./bigquery-text.ts";
import type { SnapshotChange } from "./dialect.ts";

/** The names by which the two sides are known inside the statements; dbt's, for expressions of authors may say them. */
const [sourceData, snapshottedData] = ["source_data", "snapshotted_data"] as const;

function keyColumns({ uniqueKey }: Snapshot): readonly string[] {
  return uniqueKey.map((_, index) => `dbt_unique_key_${String(index + 1)}`);
}

function keys(snapshot: Snapshot): Sql {
  const names = keyColumns(snapshot);
  return joinSql(
    snapshot.uniqueKey.map((key, index) => sql`, (${key}) as ${identifier(names[index] ?? "")}`),
    "",
  );
}

function sameKeys(snapshot: Snapshot): Sql {
  return joinSql(
    keyColumns(snapshot).map((column) => sql`${side(snapshottedData, column)} = ${side(sourceData, column)}`),
    " and ",
  );
}

/** The logical time of the run. */
function timeLiteral(nowMicroseconds: number): Sql {
  return trustedSql(`timestamp_micros(${String(nowMicroseconds)})`);
}

function hash(parts: readonly Sql[]): Sql {
  const texts = parts.map((part) => sql`coalesce(cast(${part} as string), '')`);
  return sql`to_hex(md5(${joinSql(texts, " || '|' || ")}))`;
}

/** The columns that a snapshot adds to those of its query, for rows that are valid from now on. */
function added({ strategy, columns, uniqueKey, hardDeletes, validToCurrent }: Snapshot, now: number): Sql {
  const at = strategy.updatedAt ?? timeLiteral(now);
  const current = validToCurrent ?? trustedSql("null");
  return sql`,
  ${hash([...uniqueKey, at])} as ${identifier(columns.scdId)},
  ${at} as ${identifier(columns.updatedAt)},
  ${at} as ${identifier(columns.validFrom)},
  coalesce(nullif(${at}, ${at}), ${current}) as ${identifier(columns.validTo)}${
    hardDeletes === "new_record" ? sql`,\n  'False' as ${identifier(columns.isDeleted)}` : emptySql
  }`;
}

/** See `Dialect`. */
export function latestState(target: Relation, { columns }: Snapshot): Sql {
  const latest = sql`max(cast(${identifier(columns.updatedAt)} as timestamp))`;
  return sql`select unix_micros(${latest}) as latest from ${relationText(target)}`;
}

/** See `Dialect`. */
export function snapshotQuery(snapshot: Snapshot, query: Sql, now: number): Sql {
  return sql`select *${added(snapshot, now)}\nfrom (\n${query}\n)`;
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
  const differs = change.checked.map(
    (column) => sql`${side(snapshottedData, column)} is distinct from ${side(sourceData, column)}`,
  );
  const changed =
    strategy.kind === "timestamp"
      ? sql`${side(snapshottedData, columns.validFrom)} < ${trustedSql(`${sourceData}.`)}${strategy.updatedAt}`
      : change.isWidened
        ? trustedSql("true")
        : joinSql(differs, "\n  or ");
  if (hardDeletes !== "new_record") return changed;
  return sql`${changed}\n  or ${side(snapshottedData, columns.isDeleted)} = 'True'`;
}

/** A snapshot's table, and where the tables of its script lie. */
export interface SnapshotPlace {
  readonly target: Relation;
  readonly scratch: Scratch;
}

/** See `Dialect`. */
export function stageSnapshot(
  { target, scratch }: SnapshotPlace,
  snapshot: Snapshot,
  change: SnapshotChange,
): readonly Sql[] {
  const { tables, now } = change;
  const { columns, hardDeletes } = snapshot;
  const [first = ""] = keyColumns(snapshot);
  const source = temporaryText(tables.source, scratch);
  const changed = putTemporary(
    temporaryText(tables.changed, scratch),
    sql`select ${trustedSql(sourceData)}.*, ${side(snapshottedData, columns.scdId)} as dbt_replaced_scd_id
from (
  select *${keys(snapshot)}${added(snapshot, now)}
  from ${source}
) as ${trustedSql(sourceData)}
left join ${openRows(target, snapshot)} on ${sameKeys(snapshot)}
where ${side(snapshottedData, first)} is null
  or ${isChanged(snapshot, change)}`,
  );
  if (hardDeletes === "ignore") return [changed];
  const isMarked =
    hardDeletes === "new_record"
      ? sql`\n  and ${side(snapshottedData, columns.isDeleted)} is distinct from 'True'`
      : emptySql;
  const deleted = putTemporary(
    temporaryText(tables.deleted, scratch),
    sql`select ${trustedSql(snapshottedData)}.*
from ${openRows(target, snapshot)}
left join (
  select *${keys(snapshot)}
  from ${source}
) as ${trustedSql(sourceData)} on ${sameKeys(snapshot)}
where ${side(sourceData, first)} is null${isMarked}`,
  );
  return [changed, deleted];
}

function close(
  target: Relation,
  snapshot: Snapshot,
  { table, scdId, at }: { readonly table: Sql; readonly scdId: string; readonly at: Sql },
): Sql {
  const { columns } = snapshot;
  return sql`update ${relationText(target)} as target
set ${identifier(columns.validTo)} = ${at}
from ${table} as ended
where ${side("target", columns.scdId)} = ${side("ended", scdId)}
  and ${isOpen(snapshot, "target")}`;
}

/** See `Dialect`. */
export function applySnapshot(
  { target, scratch }: SnapshotPlace,
  snapshot: Snapshot,
  { tables, now, queried }: SnapshotChange,
): readonly Sql[] {
  const { columns, hardDeletes } = snapshot;
  const [changed, deleted] = [temporaryText(tables.changed, scratch), temporaryText(tables.deleted, scratch)];
  const at = timeLiteral(now);
  const own = [columns.scdId, columns.updatedAt, columns.validFrom, columns.validTo];
  const marked = [...queried, ...own, columns.isDeleted];
  const all = hardDeletes === "new_record" ? marked : [...queried, ...own];
  const gone = sql`insert into ${relationText(target)} (${identifiers(marked)})
select ${identifiers(queried)}, ${hash([identifier(columns.scdId), at])}, ${at}, ${at}, ${identifier(columns.validTo)}, 'True'
from ${deleted}`;
  return [
    close(target, snapshot, { table: changed, scdId: "dbt_replaced_scd_id", at: side("ended", columns.updatedAt) }),
    ...(hardDeletes === "ignore" ? [] : [close(target, snapshot, { table: deleted, scdId: columns.scdId, at })]),
    ...(hardDeletes === "new_record" ? [gone] : []),
    sql`insert into ${relationText(target)} (${identifiers(all)})
select ${identifiers(all)}
from ${changed}`,
  ];
}
