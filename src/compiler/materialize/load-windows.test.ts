import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IngestSettings } from "../../domain/ingest-settings.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import { execute, type Row } from "../../domain/script.ts";
import { type Sql, trustedSql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import { driveScript } from "../../runner/drive-script.ts";
import type { Session, Warehouse } from "../../runner/warehouse.ts";
import { openDuckdb } from "../../runner/warehouse/duckdb/open-duckdb.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { stagingColumns } from "../dialect/staging-columns.ts";
import { loadWindows } from "./load-windows.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

const folder = mkdtempSync(join(tmpdir(), "tsdbt-load-"));
const staging = { database: "memory", schema: "staging", identifier: "pulls" };
const ledger = { database: "memory", schema: "_tsdbt", identifier: "" };
const sql: WarehouseSql = { dialect: duckdb, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 0 };
const settings: IngestSettings = {
  source: "staging.pulls",
  from: "raw",
  to: folder,
  columns: [
    { role: "text", name: "user", key: "user", required: true },
    { role: "eventTime", name: "at", key: "at", required: true },
    { role: "file", name: "file" },
    { role: "id", name: "uuid", key: "uuid", required: false },
  ],
};

/** Rows of a window: user, time of day on a day of October, pull, id. */
type Pull = readonly [user: string, at: string, file: string, uuid: string];

const hour = (of: number): number => Date.parse("2022-10-31T00:00:00Z") + of * 3_600_000;

let warehouse: Warehouse;
let session: Session;
let loadTime = 0;
let isStaged = false;

beforeEach(async () => {
  warehouse = await openDuckdb({ path: "", name: "memory", access: "memory" });
  session = await warehouse.session();
  loadTime = Date.parse("2022-11-02T00:00:00Z") * 1000;
  isStaged = false;
  await run(...duckdbLedger.create(ledger));
});
afterEach(() => {
  session.close();
  warehouse.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(...statements: readonly Sql[]): Promise<void> {
  await driveScript(execute(...statements), session);
}

async function rows(query: string): Promise<readonly Row[]> {
  return (await session.rows(trustedSql(query))).rows;
}

async function load(windows: Readonly<Record<number, readonly Pull[]>>, written = 0): Promise<void> {
  const staged = Object.entries(windows).map(([at, pulls]): StagedWindow => {
    const uri = join(folder, `${at}.csv`);
    const lines = pulls.map(([user, time, file, uuid]) => `${user},2022-10-${time}:00Z,${file},${uuid}\n`);
    writeFileSync(uri, `user,at,file,uuid\n${lines.join("")}`);
    return {
      window: { startMs: hour(Number(at)) },
      object: { name: `${at}.csv`, uri, version: "1" },
      rejects: undefined,
      fingerprint: "f",
      contentHash: "c",
      files: 1,
      rows: pulls.length + written,
      rejectedFiles: 0,
      rejectedRecords: 0,
      unknownKeys: {},
    };
  });
  const existing = isStaged ? duckdbLedger.stagingColumns(settings) : undefined;
  const batch = {
    settings,
    staging,
    runId: "run",
    after: loadTime,
    windows: staged.map((each) => ({ staged: each, loadTime: ++loadTime })),
  };
  await driveScript(loadWindows({ batch, unchanged: [], existing }, sql), session);
  isStaged = true;
}

const times = (): Promise<readonly Row[]> =>
  rows(
    `select "user", file, epoch_us(dl_updated_at) - ${String(loadTime)} as age from staging.pulls order by file, position`,
  );

const table: RecordedTable = {
  uniqueId: "model.p.dau",
  relation: { database: "memory", schema: "main", identifier: "dau" },
  sources: ["staging.pulls"],
  followsMovesOf: [],
};

const known = { unique_id: table.uniqueId, database: "memory", schema: "main", identifier: "dau" };

const departures = async (): Promise<readonly Row[]> => (await session.rows(duckdbLedger.departures(ledger))).rows;

describe("loading windows", () => {
  it("numbers the records of each pull and stamps each window with its load time", async () => {
    await load({
      1: [
        ["a", "31T00:01", "f1", "1"],
        ["b", "31T00:02", "f1", "2"],
        ["c", "31T00:03", "f2", "3"],
      ],
      2: [["d", "31T01:00", "f3", "4"]],
    });
    expect(
      await rows(
        `select "user", position, epoch_us(dl_updated_at) - ${String(loadTime)} as age from staging.pulls order by "user"`,
      ),
    ).toEqual([
      { user: "a", position: 1, age: -1 },
      { user: "b", position: 2, age: -1 },
      { user: "c", position: 1, age: -1 },
      { user: "d", position: 1, age: 0 },
    ]);
  });

  it("replaces a window and keeps the load time of rows that stay", async () => {
    await load({
      1: [
        ["a", "31T00:01", "f1", "1"],
        ["b", "31T00:02", "f1", "2"],
      ],
    });
    await load({
      1: [
        ["new", "30T00:01", "f0", "9"],
        ["a", "31T00:01", "f1", "1"],
        ["B", "31T00:02", "f1", "2"],
      ],
    });
    expect(await times()).toEqual([
      { user: "new", file: "f0", age: 0 },
      { user: "a", file: "f1", age: -1 },
      { user: "B", file: "f1", age: 0 },
    ]);
  });

  it("gives an older pull a new load time when the newer one is corrected back to it", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]], 2: [["b", "31T00:01", "f2", "1"]] });
    await load({ 2: [["a", "31T00:01", "f2", "1"]] });
    expect(await times()).toEqual([
      { user: "a", file: "f1", age: 0 },
      { user: "a", file: "f2", age: 0 },
    ]);
  });

  it("gives an older pull a new load time when the newer one vanished", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]], 2: [["b", "31T00:01", "f2", "1"]] });
    await load({ 2: [] });
    expect(await times()).toEqual([{ user: "a", file: "f1", age: 0 }]);
  });

  it("leaves the current pull alone when another repeats it", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    await load({ 2: [["a", "31T00:01", "f2", "1"]] });
    expect(await times()).toEqual([
      { user: "a", file: "f1", age: -1 },
      { user: "a", file: "f2", age: 0 },
    ]);
  });

  it("tells which events left or moved, to tables that had read them", async () => {
    await load({
      1: [
        ["a", "31T00:01", "f1", "1"],
        ["b", "31T00:02", "f1", "2"],
      ],
      2: [["c", "30T09:00", "f2", "3"]],
    });
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    expect(await departures()).toEqual([]);
    await run(...duckdbLedger.recordRebuilt(ledger, table, "run"));
    await load({ 1: [], 3: [["c", "29T09:00", "f3", "3"]] });
    expect(await departures()).toEqual([
      {
        ...known,
        source: "staging.pulls",
        kind: "moved",
        day: "2022-10-30",
        files: ["f2"],
        events: 1,
      },
      { ...known, source: "staging.pulls", kind: "left", day: "2022-10-31", files: ["f1"], events: 1 },
    ]);
  });

  it("takes a departure back when the event is there again, and forgets all when the table is rebuilt", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]], 2: [["b", "31T00:02", "f2", "2"]] });
    await run(...duckdbLedger.recordRebuilt(ledger, table, "run"));
    await load({ 1: [], 2: [] });
    expect(await departures()).toHaveLength(1);
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    expect(await departures()).toMatchObject([{ events: 1, files: ["f2"] }]);
    await run(...duckdbLedger.recordRebuilt(ledger, table, "run"));
    expect(await departures()).toEqual([]);
  });

  it("does not tell of moves to a table that is keyed by the event", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    await run(...duckdbLedger.recordRebuilt(ledger, { ...table, followsMovesOf: ["staging.pulls"] }, "run"));
    await load({ 1: [["a", "30T00:01", "f1", "1"]] });
    expect(await departures()).toEqual([]);
  });

  it("knows the staging table that it made itself, and makes one of other types anew", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    const [shown] = await warehouse.inspect([staging]);
    expect(shown?.columns).toEqual(duckdbLedger.stagingColumns(settings));
    const swapped = settings.columns.map((column) => {
      if (column.role === "eventTime") return { ...column, role: "text" as const };
      return column.name === "user" ? { ...column, role: "eventTime" as const, key: "user", required: true } : column;
    });
    const batch = { settings: { ...settings, columns: swapped }, staging, runId: "run", after: undefined, windows: [] };
    await driveScript(loadWindows({ batch, unchanged: [], existing: shown?.columns }, sql), session);
    expect(await rows("select count(*) as n from staging.pulls")).toEqual([{ n: 0 }]);
  });

  it("loads nothing at all when the warehouse reads other rows than were written", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]] });
    await expect(load({ 2: [["b", "31T01:01", "f2", "2"]] }, 1)).rejects.toThrow("another number of rows");
    expect(await rows("select count(*) as n from staging.pulls")).toEqual([{ n: 1 }]);
    expect(await rows("select count(*) as n from _tsdbt.windows")).toEqual([{ n: 1 }]);
  });

  it("has every window due again when the table that they were loaded into is gone", async () => {
    await load({ 1: [["a", "31T00:01", "f1", "1"]], 2: [["b", "31T01:01", "f2", "2"]] });
    isStaged = false;
    await load({ 2: [["b", "31T01:01", "f2", "2"]] });
    const known = await session.rows(duckdbLedger.windows(ledger, settings.source));
    expect(known.rows.map(({ fingerprint, content_hash }) => [fingerprint, content_hash])).toEqual([
      ["", ""],
      ["f", "c"],
    ]);
    expect((await session.rows(duckdbLedger.lastLoadTime(ledger))).rows).toEqual([{ load_time: loadTime }]);
  });

  it("takes any names for columns, files and sources, and leaves tables alone that are called as its own", async () => {
    const names = ["ordinal", "load_time", "previous_hash", "incoming", "kept", "current", "it's", 'a "b"', "rows", ""];
    const columns: IngestSettings["columns"] = [
      ...names.map((name) => ({ role: "text", name: name === "" ? " " : name, key: "k", required: false }) as const),
      { role: "eventTime", name: "staged", key: "at", required: true },
      { role: "file", name: "known" },
      { role: "id", name: "renewed", key: "id", required: false },
    ];
    const uri = join(folder, "it's.csv");
    const cells = [...names, "2022-10-31T00:00:00Z", "f", "1"].map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const header = columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
    writeFileSync(uri, `${header.join(",")}\n${cells.join(",")}\n`);
    const staged: StagedWindow = {
      window: { startMs: hour(0) },
      object: { name: "o", uri, version: "v" },
      rejects: undefined,
      fingerprint: "f",
      contentHash: "c",
      files: 1,
      rows: 1,
      rejectedFiles: 0,
      rejectedRecords: 0,
      unknownKeys: {},
    };
    const batch = {
      settings: { ...settings, source: "it's.a 'source'", columns },
      staging,
      runId: "it's",
      after: undefined,
      windows: [{ staged, loadTime: ++loadTime }],
    };
    await run(trustedSql("create table incoming as select 'mine' as x"));
    for (const existing of [undefined, stagingColumns(batch.settings)])
      await driveScript(loadWindows({ batch, unchanged: [], existing }, sql), session);
    const [row] = await rows("select * from staging.pulls");
    expect(Object.values(row ?? {}).slice(0, names.length)).toEqual(names);
    expect(await rows("from incoming")).toEqual([{ x: "mine" }]);
    expect((await session.rows(duckdbLedger.windows(ledger, batch.settings.source))).rows).toHaveLength(1);
  });
});
