import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectAnalyzed } from "../../../test/googlesql/expect-analyzed.ts";
import { expectGolden } from "../../../test/expect-golden.ts";
import type { Layout } from "../../domain/layout.ts";
import type { Relation } from "../../domain/relation.ts";
import { type Sql, trustedSql } from "../../domain/sql.ts";
import { loadParser } from "../googlesql/parser.ts";
import { bigquery } from "./bigquery.ts";
import { goldenName, goldenText, modelCases, silentVerbs } from "./dialect.contract.ts";

const dialect = bigquery({ scratch: { database: "p", schema: "_tsdbt" }, location: "EU" });
const orders: Relation = { database: "p", schema: "shop", identifier: "orders" };
const query = trustedSql("select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first");

function built(layout: Layout): readonly Sql[] {
  return dialect.replaceTable(orders, undefined, { query, layout });
}

const snapshotColumns = [
  ["dbt_valid_from", "TIMESTAMP"],
  ["dbt_valid_to", "TIMESTAMP"],
  ["dbt_scd_id", "STRING"],
  ["dbt_updated_at", "TIMESTAMP"],
  ["dbt_is_deleted", "STRING"],
  ["dbt_unique_key_1", "INT64"],
  ["dbt_replaced_scd_id", "STRING"],
] as const;

/** The columns of all tables that statements name: those of orders, and of what it is made of. */
const columns = [
  ["id", "INT64"],
  ["name", "STRING"],
  ["x", "INT64"],
  ["y", "INT64"],
  ["day", "DATE"],
  ["seen", "TIMESTAMP"],
  ["place", "STRUCT<street STRUCT<name STRING, number INT64>, town STRING>"],
  ["items", "ARRAY<STRUCT<price NUMERIC, tags ARRAY<STRING>>>"],
] as const;

const tables = {
  "p.shop.orders": [...columns, ...snapshotColumns.slice(0, 5)],
  "p.shop.orders__dbt_new": columns,
  "p.shop.orders__dbt_backup": columns,
  "p._tsdbt.orders__dbt_tmp": [...columns, ...snapshotColumns],
  "p._tsdbt.shop__orders__dbt_tmp": columns,
  "p._tsdbt.orders__dbt_source": columns,
  "p._tsdbt.orders__dbt_deleted": [...columns, ...snapshotColumns.slice(0, 5)],
  "p.shop.INFORMATION_SCHEMA.COLUMNS": [
    ["table_catalog", "STRING"],
    ["table_schema", "STRING"],
    ["table_name", "STRING"],
    ["column_name", "STRING"],
    ["ordinal_position", "INT64"],
    ["data_type", "STRING"],
  ],
  "p.shop.INFORMATION_SCHEMA.TABLES": [
    ["table_name", "STRING"],
    ["table_type", "STRING"],
  ],
  "p.shop.INFORMATION_SCHEMA.TABLE_OPTIONS": [
    ["table_name", "STRING"],
    ["option_name", "STRING"],
    ["option_value", "STRING"],
  ],
  "p.shop.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS": [
    ["table_name", "STRING"],
    ["column_name", "STRING"],
    ["field_path", "STRING"],
    ["description", "STRING"],
  ],
  "p._tsdbt.shop__orders__dbt_seed": [
    ["c1", "STRING"],
    ["c2", "STRING"],
  ],
} as const;

const time = { kind: "time", field: "day", dataType: "date", granularity: "day" } as const;

const staged = { temporary: "shop__orders__dbt_tmp" };
const hours = { kind: "time", field: "seen", dataType: "timestamp", granularity: "hour" } as const;
const tens = { kind: "range", field: "id", start: 5, end: 105, interval: 10 } as const;
const { partitions } = dialect;
if (partitions === undefined) throw new Error("BigQuery divides tables");

function overwrite(where: Sql): readonly Sql[] {
  return partitions?.overwrite(orders, staged, { columns: ["id", "day"], where }) ?? [];
}

const twoDays = {
  ranges: [
    { start: Date.parse("2024-02-29"), end: Date.parse("2024-03-02") },
    { start: Date.parse("2024-03-05"), end: Date.parse("2024-03-06") },
  ],
  hasNull: true,
};

/** What BigQuery alone has, by the name of its golden. */
const own: Readonly<Record<string, readonly Sql[]>> = {
  "partitions-of-days": [partitions.of(staged, time)],
  "partitions-of-hours": [partitions.of(staged, hours)],
  "partitions-of-a-range": [partitions.of(staged, tens)],
  "overwrite-days": overwrite(partitions.within(twoDays, time)),
  "overwrite-hours": overwrite(partitions.within({ ...twoDays, hasNull: false }, hours)),
  "overwrite-a-range": overwrite(partitions.within({ ranges: [{ start: 5, end: 25 }], hasNull: false }, tens)),
  "overwrite-listed-days": overwrite(partitions.listed([trustedSql("date '2024-02-29'")], time)),
  "overwrite-listed-hours": overwrite(partitions.listed([trustedSql("timestamp '2024-02-29'")], hours)),
  "layout-by-day": built({ partitioning: time }),
  "layout-by-month-of-dates": built({ partitioning: { ...time, granularity: "month" } }),
  "layout-by-hour-of-instants": built({
    partitioning: { ...time, field: "seen", dataType: "timestamp", granularity: "hour" },
    requiresPartitionFilter: true,
    partitionExpirationDays: 400,
  }),
  "layout-by-year-of-datetimes": built({
    partitioning: { ...time, field: "seen", dataType: "datetime", granularity: "year" },
  }),
  "layout-by-range": built({ partitioning: { kind: "range", field: "id", start: 0, end: 100, interval: 10 } }),
  "layout-of-everything": built({
    partitioning: time,
    clusterBy: ["id", "seen"],
    requiresPartitionFilter: false,
    partitionExpirationDays: 1,
    hoursToExpiration: 48,
    labels: { team: "data", "it's": "" },
    tags: { "p/env": "prod" },
    kmsKeyName: "projects/p/locations/eu/keyRings/r/cryptoKeys/k",
    keepsHistory: true,
  }),
  "layout-that-changes": dialect.replaceTable(orders, "table", {
    query,
    layout: { partitioning: time },
    isRelaid: true,
  }),
  "layout-of-a-view": dialect.replaceView(orders, "view", {
    query,
    layout: { partitioning: time, labels: { team: "data" }, hoursToExpiration: 2 },
  }),
  "comment-on-fields": dialect.comment(orders, "table", {
    relation: undefined,
    columns: [
      { name: "place", text: "where" },
      { name: "place.street.number", text: "it's\na \\ number" },
      { name: "Items.price", text: "in cents" },
    ],
    known: [
      { name: "place", type: "STRUCT<street STRUCT<name STRING, number INT64>, town STRING>" },
      { name: "items", type: "ARRAY<STRUCT<price NUMERIC(10, 2), tags ARRAY<STRING>>>" },
    ],
  }),
  "comment-on-a-view": dialect.comment(orders, "view", {
    relation: "All orders; it's a view.",
    columns: [{ name: "id", text: "the number" }],
  }),
  "unit-of-rows": dialect.unit({
    defined: dialect.alterColumns(orders, { added: [{ name: "x", type: "INT64" }], removed: [], retyped: [] }),
    rows: dialect.append(orders, { temporary: "shop__orders__dbt_tmp" }, ["id"]),
    recorded: [trustedSql("select 1 as remembered")],
  }),
  "unit-of-definitions": dialect.unit({
    defined: dialect.replaceTable(orders, undefined, { query }),
    rows: [],
    recorded: [trustedSql("select 1 as remembered")],
  }),
  "retype-of-a-laid-out-table": dialect.alterColumns(orders, {
    added: [],
    removed: [],
    retyped: [{ name: "id", type: "STRING" }],
    layout: { partitioning: time, clusterBy: ["id"] },
  }),
  "rows-that-one-statement-cannot-hold": dialect
    .replaceTableByRows(orders, "table", {
      dialect: "bigquery",
      namesAre: "quoted",
      columns: [
        { name: "id", type: "INT64" },
        { name: "text", type: "STRING" },
      ],
      rows: [
        ["1", "x".repeat(199_990)],
        ["2", "y".repeat(199_990)],
      ],
    })
    .map(({ text }) => trustedSql(text.replaceAll(/(?<letter>[xy])\k<letter>{9,}/gu, "$<letter>…"))),
};

/** Forms of BigQuery that the parser does not know; the analyzer does. */
const strangeToParser = /^create schema|^alter view|\n\s*alter column/u;

const cases: readonly (readonly [name: string, statements: readonly Sql[]])[] = [
  ...modelCases({ dialect, database: "p", types: { number: "INT64", text: "STRING" } }).map(
    (each) => [goldenName(each), each.statements] as const,
  ),
  ...Object.entries(own).map(([name, statements]) => [`${name}.sql`, statements] as const),
];

describe("the statements of bigquery", () => {
  const goldens = join(import.meta.dirname, "goldens", "bigquery");

  it.each(cases)("are those of %s", (golden, statements) => {
    expectGolden(join(goldens, golden), goldenText(statements));
  });

  it("have a golden for every verb, and no other goldens", () => {
    const verbs = new Set(
      modelCases({ dialect, database: "p", types: { number: "INT64", text: "STRING" } }).map(
        ({ verb }): string => verb,
      ),
    );
    expect([...verbs].sort()).toEqual(
      Object.keys(dialect)
        .filter((verb) => !silentVerbs.has(verb))
        .sort(),
    );
    expect(readdirSync(goldens).sort()).toEqual(cases.map(([name]) => name).sort());
  });

  it.each(cases)("of %s are taken by the parser", async (_, statements) => {
    const parse = await loadParser();
    for (const { text } of statements)
      if (!strangeToParser.test(text)) expect([text, parse(text)]).toMatchObject([text, { ok: true }]);
  });

  it("are valid for GoogleSQL's own analyzer, as is on record", () => {
    expectAnalyzed(join(import.meta.dirname, "goldens", "bigquery-analyzed.json"), {
      statements: cases.flatMap(([, statements]) => statements.map(({ text }) => text)),
      tables,
    });
  });
});
