import type { Relation } from "../../domain/relation.ts";
import type { TemporaryTable } from "../../domain/script.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import type { Dialect, SnapshotChange } from "./dialect.ts";
import { keyText } from "./key-text.ts";

/** The verbs of snapshots, whose statements differ between dialects only in the words of these. */
export type SnapshotVerbs = Pick<Dialect, "snapshotQuery" | "latestState" | "stageSnapshot" | "applySnapshot">;

/** What a dialect says in its own way within a snapshot's statements. */
export interface SnapshotWords {
  readonly identifier: (name: string) => Sql;
  readonly identifiers: (names: readonly string[]) => Sql;
  readonly relationText: (relation: Relation) => Sql;
  readonly temporaryText: (table: TemporaryTable) => Sql;
  /** Makes a temporary table anew. */
  readonly putTemporary: (name: Sql, query: Sql) => Sql;
  /** A point in time, of microseconds since 1970. */
  readonly time: (microseconds: number) => Sql;
  /** The microseconds since 1970 of the newest of a column's points in time. */
  readonly newest: (column: Sql) => Sql;
  /** The MD5 of texts, in hexadecimal digits; `text` makes one of any value. */
  readonly md5: (text: Sql) => Sql;
  readonly text: (value: Sql) => Sql;
}

/** The names by which the two sides are known inside the statements; dbt's, for expressions of authors may say them. */
const [sourceData, snapshottedData] = ["source_data", "snapshotted_data"] as const;

/** The column of the changed rows that says which row they end. */
const replaced = "dbt_replaced_scd_id";

function keyColumns({ uniqueKey }: Snapshot): readonly string[] {
  return uniqueKey.map((_, index) => `dbt_unique_key_${String(index + 1)}`);
}

/** The verbs of snapshots in a dialect's words. */
export function snapshotVerbs(words: SnapshotWords): SnapshotVerbs {
  const { identifier, identifiers, relationText, temporaryText, putTemporary, time } = words;
  const { side, sameKey } = keyText(identifier);

  function keys(snapshot: Snapshot): Sql {
    const names = keyColumns(snapshot);
    return joinSql(
      snapshot.uniqueKey.map((key, index) => sql`, (${key}) as ${identifier(names[index] ?? "")}`),
      "",
    );
  }

  function sameKeys(snapshot: Snapshot): Sql {
    return sameKey(keyColumns(snapshot), [snapshottedData, sourceData]);
  }

  function hash(parts: readonly Sql[]): Sql {
    const texts = parts.map((part) => sql`coalesce(${words.text(part)}, '')`);
    return words.md5(joinSql(texts, " || '|' || "));
  }

  /** The columns that a snapshot adds to those of its query, for rows that are valid from now on. */
  function added({ strategy, columns, uniqueKey, hardDeletes, validToCurrent }: Snapshot, now: number): Sql {
    const at = strategy.updatedAt ?? time(now);
    const current = validToCurrent ?? trustedSql("null");
    return sql`,
  ${hash([...uniqueKey, at])} as ${identifier(columns.scdId)},
  ${at} as ${identifier(columns.updatedAt)},
  ${at} as ${identifier(columns.validFrom)},
  coalesce(nullif(${at}, ${at}), ${current}) as ${identifier(columns.validTo)}${
    hardDeletes === "new_record" ? sql`,\n  'False' as ${identifier(columns.isDeleted)}` : emptySql
  }`;
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

  return {
    snapshotQuery: (snapshot, query, now) => sql`select *${added(snapshot, now)}\nfrom (\n${query}\n)`,
    latestState: (target, { columns }) =>
      sql`select ${words.newest(identifier(columns.updatedAt))} as latest from ${relationText(target)}`,
    stageSnapshot: (target, snapshot, change) => {
      const { tables, now } = change;
      const { columns, hardDeletes } = snapshot;
      const [first = ""] = keyColumns(snapshot);
      const source = temporaryText(tables.source);
      const changed = putTemporary(
        temporaryText(tables.changed),
        sql`select ${trustedSql(sourceData)}.*, ${side(snapshottedData, columns.scdId)} as ${trustedSql(replaced)}
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
        temporaryText(tables.deleted),
        sql`select ${trustedSql(snapshottedData)}.*
from ${openRows(target, snapshot)}
left join (
  select *${keys(snapshot)}
  from ${source}
) as ${trustedSql(sourceData)} on ${sameKeys(snapshot)}
where ${side(sourceData, first)} is null${isMarked}`,
      );
      return [changed, deleted];
    },
    applySnapshot: (target, snapshot, { tables, now, queried }) => {
      const { columns, hardDeletes } = snapshot;
      const [changed, deleted] = [temporaryText(tables.changed), temporaryText(tables.deleted)];
      const at = time(now);
      const own = [columns.scdId, columns.updatedAt, columns.validFrom, columns.validTo];
      const marked = [...queried, ...own, columns.isDeleted];
      const all = hardDeletes === "new_record" ? marked : [...queried, ...own];
      const gone = sql`insert into ${relationText(target)} (${identifiers(marked)})
select ${identifiers(queried)}, ${hash([identifier(columns.scdId), at])}, ${at}, ${at}, ${identifier(columns.validTo)}, 'True'
from ${deleted}`;
      return [
        close(target, snapshot, { table: changed, scdId: replaced, at: side("ended", columns.updatedAt) }),
        ...(hardDeletes === "ignore" ? [] : [close(target, snapshot, { table: deleted, scdId: columns.scdId, at })]),
        ...(hardDeletes === "new_record" ? [gone] : []),
        sql`insert into ${relationText(target)} (${identifiers(all)})
select ${identifiers(all)}
from ${changed}`,
      ];
    },
  };
}
