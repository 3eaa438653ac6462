import type { Relation } from "../../domain/relation.ts";
import type { Snapshot } from "../../domain/snapshot.ts";
import { sql, trustedSql } from "../../domain/sql.ts";
import type { DialectCase, ModelDialectUnderTest } from "./dialect-cases.contract.ts";
import type { SnapshotChange } from "./dialect.ts";

/** 2024-01-01, in microseconds. */
const firstDay = 1_704_067_200_000_000;

const snapshot: Snapshot = {
  kind: "snapshot",
  strategy: { kind: "check", columns: ["name"], updatedAt: undefined },
  uniqueKey: [trustedSql("id")],
  hardDeletes: "new_record",
  validToCurrent: undefined,
  columns: {
    validFrom: "dbt_valid_from",
    validTo: "dbt_valid_to",
    scdId: "dbt_scd_id",
    updatedAt: "dbt_updated_at",
    isDeleted: "dbt_is_deleted",
  },
};

const change: SnapshotChange = {
  tables: {
    source: { temporary: "orders__dbt_source" },
    changed: { temporary: "orders__dbt_tmp" },
    deleted: { temporary: "orders__dbt_deleted" },
  },
  now: firstDay + 86_400_000_000,
  queried: ["id", "name"],
  checked: ["name"],
  isWidened: false,
};

/** Cases of the verbs of snapshots. */
export function snapshotCases({ dialect, database }: ModelDialectUnderTest): readonly DialectCase[] {
  const orders: Relation = { database, schema: "shop", identifier: "orders" };
  const rows = (...names: readonly (readonly [id: number, name: string])[]): ReturnType<typeof trustedSql> =>
    trustedSql(names.map(([id, name]) => `select ${id} as id, '${name}' as name`).join(" union all "));
  const first = dialect.snapshotQuery(snapshot, rows([1, "a"], [2, "b"], [3, "c"]), firstDay);
  const before = [
    ...dialect.createSchema(orders),
    ...dialect.replaceTable(orders, undefined, { query: first }),
    ...dialect.createTemporary(change.tables.source, rows([1, "a"], [2, "B"], [4, "d"])),
  ];
  const staged = dialect.stageSnapshot(orders, snapshot, change);
  const timestamp: Snapshot = {
    ...snapshot,
    strategy: { kind: "timestamp", updatedAt: trustedSql("seen") },
    hardDeletes: "ignore",
    validToCurrent: trustedSql("timestamp '9999-12-31'"),
  };
  return [
    {
      verb: "snapshotQuery",
      of: "by check",
      before: [],
      statements: [first],
      shows: {
        query: sql`select id, dbt_is_deleted, dbt_valid_from from (${first}) order by id limit 1`,
        rows: [{ id: 1, dbt_is_deleted: "False", dbt_valid_from: "2024-01-01 00:00:00" }],
      },
    },
    {
      verb: "latestState",
      before,
      statements: [dialect.latestState(orders, snapshot)],
      shows: { query: dialect.latestState(orders, snapshot), rows: [{ latest: firstDay }] },
    },
    {
      verb: "stageSnapshot",
      of: "by check",
      before,
      statements: staged,
      shows: {
        query: trustedSql(
          "select (select string_agg(name order by name) from orders__dbt_tmp) as changed, (select string_agg(name) from orders__dbt_deleted) as gone",
        ),
        rows: [{ changed: "B,d", gone: "c" }],
      },
    },
    {
      verb: "stageSnapshot",
      of: "by timestamp",
      before: [
        ...dialect.createSchema(orders),
        ...dialect.replaceTable(orders, undefined, {
          query: dialect.snapshotQuery(
            timestamp,
            trustedSql("select 1 as id, timestamp '2024-01-01' as seen"),
            firstDay,
          ),
        }),
        ...dialect.createTemporary(
          change.tables.source,
          trustedSql("select 1 as id, timestamp '2024-01-02' as seen union all select 2, null"),
        ),
      ],
      statements: dialect.stageSnapshot(orders, timestamp, change),
      shows: {
        query: trustedSql("select id, dbt_valid_to from orders__dbt_tmp order by id"),
        rows: [
          { id: 1, dbt_valid_to: "9999-12-31 00:00:00" },
          { id: 2, dbt_valid_to: "9999-12-31 00:00:00" },
        ],
      },
    },
    {
      verb: "applySnapshot",
      before: [...before, ...staged],
      statements: dialect.applySnapshot(orders, snapshot, change),
      shows: {
        query: sql`select id, name, dbt_is_deleted, dbt_valid_to is null as "open" from ${dialect.relation(orders)} order by id, "open"`,
        rows: [
          { id: 1, name: "a", dbt_is_deleted: "False", open: true },
          { id: 2, name: "b", dbt_is_deleted: "False", open: false },
          { id: 2, name: "B", dbt_is_deleted: "False", open: true },
          { id: 3, name: "c", dbt_is_deleted: "False", open: false },
          { id: 3, name: "c", dbt_is_deleted: "True", open: true },
          { id: 4, name: "d", dbt_is_deleted: "False", open: true },
        ],
      },
    },
  ];
}
