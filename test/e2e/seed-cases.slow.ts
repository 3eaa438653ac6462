import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { differences, type Tables } from "../truth/differences.ts";
import { rawRecord } from "../truth/raw-folder.ts";
import { readTruth } from "../truth/truth.ts";
import { exampleProject, publishedTables, query, writePulls } from "./example-project.ts";
import { callInProcess, type Command } from "./in-process.ts";

type Pulls = Readonly<Record<string, unknown>>;

let hour = 0;
beforeEach(() => {
  hour = 0;
});

async function call(project: string, command: Command = "build"): Promise<void> {
  hour += 1;
  expect(await callInProcess(project, command, hour)).toBe("success");
}

async function built(pulls: Pulls): Promise<{ readonly project: string; readonly tables: Tables }> {
  const project = exampleProject(pulls);
  await call(project);
  return { project, tables: await publishedTables(project) };
}

function expectTruth(project: string, tables: Tables): void {
  expect(differences(readTruth(join(project, "raw_data")), tables)).toEqual([]);
}

const users = (tables: Tables): unknown => tables.event_data.map((row) => row["distinct_id"]);
const counts = (tables: Tables): unknown => tables.dau.map((row) => [row["event_date"], row["cnt"]]);

const noon = "2022-10-31T12:00:00.000Z";
const event = (uuid: string, user: unknown, timestamp: unknown = noon, more: Pulls = {}): Pulls =>
  rawRecord(uuid, timestamp, { distinct_id: user, ...more });

const rejected = async (project: string): Promise<readonly unknown[]> =>
  (await query(project, "select kind, reason from _tsdbt.rejected order by file, byte_offset")).map(
    (row) => row["reason"],
  );

/** The numbers are those of the seed's cases; A14, A15 and A26 are the scheduler's. */
describe("where the seed loses data", () => {
  it("A1: loads the last hour of a day", async () => {
    const { project, tables } = await built({
      "2022-10-31/20221031-230000.json": [event("1", "1", "2022-10-31T23:00:00Z")],
      "2022-10-31/20221031-235959.json": [event("2", "2", "2022-10-31T23:59:59.999Z")],
    });
    expect(counts(tables)).toEqual([["2022-10-31", 2]]);
    expectTruth(project, tables);
  });

  it("A2, A3, A5: keeps ids whole, those with letters and those that are numbers too", async () => {
    const ids = ["21920", "21921", "a1b2c3d4e5", 58213, "58213"];
    const { project, tables } = await built({
      "2022-10-31/20221031-120000.json": ids.map((id, index) => event(`u${String(index)}`, id)),
    });
    expect(users(tables)).toEqual(["21920", "21921", "a1b2c3d4e5", "58213", "58213"]);
    expect(counts(tables)).toEqual([["2022-10-31", 4]]);
    expectTruth(project, tables);
  });

  it("A4, A5, A25: turns away the record without id or readable time, by name, and keeps the rest", async () => {
    const { project, tables } = await built({
      "2022-10-31/20221031-120000.json": [
        event("1", "1"),
        { ...event("2", "2"), distinct_id: undefined },
        event("3", null),
        event("4", "4", "yesterday"),
        event("5", "5"),
      ],
    });
    expect(users(tables)).toEqual(["1", "5"]);
    expect(await rejected(project)).toEqual([
      '"distinct_id" is missing.',
      '"distinct_id" is null.',
      '"timestamp" is "yesterday", not an ISO 8601 time.',
    ]);
    expectTruth(project, tables);
  });

  it("A6, A7, A8: quarantines the file, and keeps its hour", async () => {
    const { project, tables } = await built({
      "2022-10-31/20221031-120000.json": [event("1", "1")],
      "2022-10-31/20221031-120100.json": { error: "rate limited" },
      "2022-10-31/20221031-120200.json": Buffer.from('[{"distinct_id":"2"'),
      "2022-10-31/20221031-120300.json": Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]),
      "2022-10-31/20221031-120400.json": [event("3", "3")],
    });
    expect(users(tables)).toEqual(["1", "3"]);
    expect(await query(project, "select rejected_files, files from _tsdbt.windows")).toEqual([
      { rejected_files: 3, files: 5 },
    ]);
    expectTruth(project, tables);
  });

  it("A9: keeps what was clicked as JSON", async () => {
    const { tables } = await built({
      "2022-10-31/20221031-120000.json": [event("1", "1", noon, { elements: [{ tag_name: "button", text: null }] })],
    });
    expect(tables.event_data[0]?.["elements"]).toBe('[{"tag_name":"button","text":null}]');
  });

  it("A10, A12: tells an absent or null key from an empty text", async () => {
    const { project, tables } = await built({
      "2022-10-31/20221031-120000.json": [
        event("1", "1", noon, { $geoip_city_name: "" }),
        event("2", "2", noon, { $geoip_city_name: null }),
        event("3", "3"),
      ],
    });
    expect(tables.event_data.map((row) => row["geoip_city_name"])).toEqual(["", null, null]);
    expectTruth(project, tables);
  });

  it("A11: takes no key for another, and counts those that no column takes", async () => {
    const { project, tables } = await built({
      "2022-10-31/20221031-120000.json": [event("1", "1", noon, { $lib: "web", lib: "python", event: "login" })],
    });
    expect(tables.event_data[0]?.["event"]).toBe("login");
    expect(await query(project, "select unknown_keys from _tsdbt.windows")).toEqual([
      { unknown_keys: '{"$lib":1,"lib":1}' },
    ]);
  });

  it("A13: keeps two events of one user in one millisecond", async () => {
    const { tables } = await built({
      "2022-10-31/20221031-120000.json": [
        event("1", "1", noon, { event: "$pageview" }),
        event("2", "1", noon, { event: "$autocapture" }),
      ],
    });
    expect(tables.event_data).toHaveLength(2);
    expect(counts(tables)).toEqual([["2022-10-31", 1]]);
  });

  it("A16, A17: heals days that were touched while dau was not run", async () => {
    const { project } = await built({ "2022-10-01/20221001-120000.json": [event("1", "1", "2022-10-01T12:00:00Z")] });
    writePulls(project, { "2022-10-02/20221002-120000.json": [event("2", "2", "2022-09-15T12:00:00Z")] });
    await callInProcess(project, "event_data only", ++hour);
    writePulls(project, { "2022-10-03/20221003-120000.json": [event("3", "3", "2022-10-03T12:00:00Z")] });
    await call(project);
    const tables = await publishedTables(project);
    expect(counts(tables)).toEqual([
      ["2022-09-15", 1],
      ["2022-10-01", 1],
      ["2022-10-03", 1],
    ]);
    expectTruth(project, tables);
  });

  it("A18: restates the days of windows that arrive after later ones", async () => {
    const { project } = await built({ "2022-10-04/20221004-120000.json": [event("1", "1", "2022-10-04T12:00:00Z")] });
    const late = Array.from({ length: 10 }, (_, index) => [
      `2022-10-01/20221001-${String(10 + index)}0000.json`,
      [event(`late ${String(index)}`, `late ${String(index)}`, "2022-10-01T12:00:00Z")],
    ]);
    writePulls(project, Object.fromEntries(late) as Pulls);
    await call(project);
    const tables = await publishedTables(project);
    expect(counts(tables)).toEqual([
      ["2022-10-01", 10],
      ["2022-10-04", 1],
    ]);
    await call(project, "full-refresh");
    expect(await publishedTables(project)).toEqual(tables);
  });

  it("A19: keeps the row of a record that left its pull, as a merge must, until a full refresh", async () => {
    const pull = "2022-10-31/20221031-120000.json";
    const { project, tables } = await built({ [pull]: [event("1", "1"), event("2", "2")] });
    writePulls(project, { [pull]: [event("1", "1")] });
    await call(project);
    expect(await publishedTables(project)).toEqual(tables);
    expect(await query(project, "select distinct kind, event_id from _tsdbt.departures")).toEqual([
      { kind: "left", event_id: "2" },
    ]);
    await call(project, "full-refresh");
    const refreshed = await publishedTables(project);
    expect(counts(refreshed)).toEqual([["2022-10-31", 1]]);
    expectTruth(project, refreshed);
  });

  it("A20: moves a re-sent event in event_data; its old day keeps the count, as a merge must, until a full refresh", async () => {
    const { project } = await built({ "2022-10-30/20221030-120000.json": [event("1", "1", "2022-10-29T12:00:00Z")] });
    writePulls(project, { "2022-10-31/20221031-120000.json": [event("1", "1", "2022-10-30T12:00:00Z")] });
    await call(project);
    const merged = await publishedTables(project);
    expect(merged.event_data).toHaveLength(1);
    expect(counts(merged)).toEqual([
      ["2022-10-29", 1],
      ["2022-10-30", 1],
    ]);
    await call(project, "full-refresh");
    expect(counts(await publishedTables(project))).toEqual([["2022-10-30", 1]]);
  });

  it("A21: changes nothing for an exact duplicate a day later", async () => {
    const { project, tables } = await built({ "2022-10-30/20221030-120000.json": [event("1", "1")] });
    writePulls(project, { "2022-10-31/20221031-120000.json": [event("1", "1")] });
    await call(project);
    expect(await publishedTables(project)).toEqual(tables);
  });

  it("A22: invents no day and no month", async () => {
    const { tables } = await built({});
    expect(tables).toEqual({ event_data: [], dau: [], mau: [] });
  });

  it("A22: reads the first events after a build that found none", async () => {
    const { project } = await built({});
    writePulls(project, { "2022-10-31/20221031-120000.json": [event("1", "1")] });
    await call(project);
    expect(counts(await publishedTables(project))).toEqual([["2022-10-31", 1]]);
  });

  it("A23, A24: changes nothing when all is run twice, and needs no variable", async () => {
    const { project, tables } = await built({ "2022-10-31/20221031-120000.json": [event("1", "1")] });
    await call(project);
    await call(project, "run");
    expect(await publishedTables(project)).toEqual(tables);
  });
});
