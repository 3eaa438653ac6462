import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBigquery } from "../../src/runner/warehouse/bigquery/open-bigquery.ts";
import { openDuckdb } from "../../src/runner/warehouse/duckdb/open-duckdb.ts";
import type { Row } from "../../src/domain/script.ts";
import { trustedSql } from "../../src/domain/sql.ts";
import type { Warehouse } from "../../src/runner/warehouse.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CallOptions, succeed, tsdbt } from "../e2e/binary.ts";
import { exampleProject, writePulls } from "../e2e/example-project.ts";
import { bigqueryOptions } from "./bigquery-options.ts";
import { type Cloud, cloudProject, startCloud } from "./cloud-project.ts";
import { absenceOf } from "./start-emulator.ts";

const absence = absenceOf("fake-gcs-server", "bqemulator");

/** The published tables and the staging table, in an order of their own. */
const tables = {
  event_data: "uuid",
  dau: "event_date",
  mau: "event_month",
} as const;

type Published = Readonly<Record<string, readonly Row[]>>;

async function rowsOf(warehouse: Warehouse, schema: string): Promise<Published> {
  const session = await warehouse.session();
  try {
    const read: [string, readonly Row[]][] = [];
    for (const [table, key] of Object.entries(tables))
      read.push([table, (await session.rows(trustedSql(`select * from ${schema}.${table} order by ${key}`))).rows]);
    const pulls = "select * from staging.pulls order by file, position, uuid";
    read.push(["pulls", (await session.rows(trustedSql(pulls))).rows]);
    return Object.fromEntries(read);
  } finally {
    session.close();
    warehouse.close();
  }
}

const late = [
  {
    distinct_id: "late-1",
    event: "$pageview",
    timestamp: "2022-10-13T23:59:59.999Z",
    uuid: "late-event",
    elements: [],
    $geoip_city_name: "",
    $geoip_latitude: -2.9146,
  },
];

describe.skipIf(absence !== undefined)(`AquaTech on emulators${absence === undefined ? "" : ` (${absence})`}`, () => {
  let cloud: Cloud;
  let call: CallOptions;
  let local: string;
  beforeAll(async () => {
    cloud = await startCloud();
    call = cloudProject(cloud, "aqua");
    local = exampleProject();
  });
  afterAll(async () => {
    await cloud.stop();
  });

  const onBigquery = async (): Promise<Published> => rowsOf(openBigquery(bigqueryOptions(cloud.bigquery.url)), "aqua");
  const onDuckdb = async (): Promise<Published> =>
    rowsOf(await openDuckdb({ path: join(local, "data/aquatech.duckdb"), name: "aquatech", access: "read" }), "main");
  const both = async (): Promise<void> => {
    const [ours, theirs] = [await onBigquery(), await onDuckdb()];
    for (const [table, rows] of Object.entries(theirs)) {
      expect(rows.length).toBeGreaterThan(0);
      expect([table, ours[table]]).toEqual([table, rows]);
    }
  };

  it("is set up as often as one likes", async () => {
    const named = cloudProject(cloud, "fresh");
    const file = join(named.folder, "project.yml");
    writeFileSync(file, readFileSync(file, "utf8").replace("gs://stage/fresh", "gs://newly-made/fresh"));
    const first = await succeed(named, "setup");
    expect(first.out).toContain("bucket gs://newly-made: made");
    expect(first.out).toContain("datasets test.fresh, test.fresh_ledger, test.staging: there");
    const again = await succeed(named, "setup");
    expect(again.out).toContain("bucket gs://newly-made: there");
    expect(again.out).toContain("datasets test.fresh, test.fresh_ledger, test.staging: there");
  });

  it("has on BigQuery, row by row, what it has on DuckDB", async () => {
    await succeed(call, "build");
    await succeed(local, "build");
    await both();
  });

  it("restates the day and the month of a late event alone, as on DuckDB", async () => {
    const before = await onBigquery();
    const pulls = { "2022-11-01/20221101-235901.json": late };
    for (const folder of [call.folder, local]) writePulls(folder, pulls);
    const environment = { ...call.environment, TSDBT_NOW: "2022-11-03T00:00:00Z" };
    await succeed({ ...call, environment }, "build");
    await succeed({ folder: local, environment: { TSDBT_NOW: "2022-11-03T00:00:00Z" } }, "build");
    await both();
    const { dau = [] } = await onBigquery();
    const standing = (before["dau"] ?? []).map((row) => JSON.stringify(row));
    const changed = dau.filter((row) => !standing.includes(JSON.stringify(row)));
    expect(changed.map(({ event_date: day }) => day)).toEqual(["2022-10-13"]);
  });

  it("changes nothing when it is run again", async () => {
    const before = await onBigquery();
    const { out } = await succeed(
      { ...call, environment: { ...call.environment, TSDBT_NOW: "2022-11-04T00:00:00Z" } },
      "build",
    );
    expect(out).toContain("nothing is due");
    expect(await onBigquery()).toEqual(before);
  });

  it("leaves no tables of scripts behind", async () => {
    const warehouse = openBigquery(bigqueryOptions(cloud.bigquery.url));
    const shown = await warehouse.inspect([{ database: "test", schema: "aqua_ledger" }]);
    expect(shown.map(({ relation }) => relation.identifier).sort()).toEqual([
      "departures",
      "lock",
      "rejected",
      "tables",
      "windows",
    ]);
  });

  it("lists what was turned away, and plans without changing anything", async () => {
    const { out } = await succeed(call, "ingest", "--show-rejected");
    expect(out).toContain("20221101-145953.json |  932 | file   | The byte 0xE9 is not UTF-8.");
    const { code } = await tsdbt(call, "plan");
    expect(code).toBe(0);
  });
});
