import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rawRecord } from "../truth/raw-folder.ts";
import { differences, type Tables } from "../truth/differences.ts";
import { readTruth } from "../truth/truth.ts";
import { succeed } from "./binary.ts";
import { exampleProject, publishedTables, query, writePulls } from "./example-project.ts";

const run = (project: string, now: string, ...args: readonly string[]): ReturnType<typeof succeed> =>
  succeed({ folder: project, environment: { TSDBT_NOW: now } }, ...args);

function changedRows(before: Tables, after: Tables, table: "dau" | "mau"): readonly unknown[] {
  const old = new Set(before[table].map((row) => JSON.stringify(row)));
  return after[table]
    .filter((row) => !old.has(JSON.stringify(row)))
    .map((row) => row["event_date"] ?? row["event_month"]);
}

describe("AquaTech, from raw pulls to dau and mau", () => {
  let project: string;
  let built: Tables;

  beforeAll(async () => {
    project = exampleProject();
    const { out } = await run(project, "2022-11-02T00:00:00Z", "build");
    expect(out).toContain("Completed successfully");
    built = await publishedTables(project);
  });

  it("gives the tables that a computation straight from the raw files gives", () => {
    expect(differences(readTruth(join(project, "raw_data")), built)).toEqual([]);
    expect(built.dau.length).toBeGreaterThan(10);
    expect(built.mau.map((row) => row["event_month"])).toEqual(["2022-09-01", "2022-10-01", "2022-11-01"]);
  });

  it("changes no window and no row when it is built again", async () => {
    const { out } = await run(project, "2022-11-02T01:00:00Z", "build");
    expect(out).toContain("nothing is due");
    expect(await publishedTables(project)).toEqual(built);
  });

  it("restates exactly the day and the month of a late event, as a full refresh would", async () => {
    writePulls(project, {
      "2022-11-01/20221101-193007.json": [rawRecord("late-1", "2022-10-17T09:30:00Z", { distinct_id: "77001" })],
    });
    const { out } = await run(project, "2022-11-02T02:00:00Z", "build");
    expect(out).toContain("1 window due (1 changed)");
    const late = await publishedTables(project);
    expect(changedRows(built, late, "dau")).toEqual(["2022-10-17"]);
    expect(changedRows(built, late, "mau")).toEqual(["2022-10-01"]);
    expect(late.event_data.length).toBe(built.event_data.length + 1);
    expect(differences(readTruth(join(project, "raw_data")), late)).toEqual([]);
    await run(project, "2022-11-02T03:00:00Z", "build", "--full-refresh");
    expect(await publishedTables(project)).toEqual(late);
    built = late;
  });

  it("restates day and month of an event that is corrected in place to another user", async () => {
    const path = join(project, "raw_data/2022-11-01/20221101-193007.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("77001", "31"));
    await run(project, "2022-11-02T04:00:00Z", "build");
    const corrected = await publishedTables(project);
    expect(changedRows(built, corrected, "dau")).toEqual(["2022-10-17"]);
    expect(changedRows(built, corrected, "mau")).toEqual(["2022-10-01"]);
    expect(differences(readTruth(join(project, "raw_data")), corrected)).toEqual([]);
    await run(project, "2022-11-02T05:00:00Z", "build", "--full-refresh");
    expect(await publishedTables(project)).toEqual(corrected);
    built = corrected;
  });

  it("says which events left when a file vanishes, keeps them in the tables, and clears it by a full refresh", async () => {
    rmSync(join(project, "raw_data/2022-11-01/20221101-193007.json"));
    const ingested = await run(project, "2022-11-02T06:00:00Z", "ingest");
    expect(ingested.out).toContain("window 2022-11-01 19:00 again, its files changed");
    expect(ingested.err).toContain('"dau" may still count 1 event that left 2022-10-17 (20221101-193007.json).');
    expect(await query(project, "select count(*) as n from staging.pulls where uuid = 'late-1'")).toEqual([{ n: 0 }]);
    const planned = await run(project, "2022-11-02T07:00:00Z", "plan", "--titles");
    expect(planned.err).toContain('"event_data" may still count 1 event that left 2022-10-17');
    await run(project, "2022-11-02T08:00:00Z", "build");
    expect(await publishedTables(project)).toEqual(built);
    const refreshed = await run(project, "2022-11-02T09:00:00Z", "build", "--full-refresh");
    expect(refreshed.err).toBe("");
    expect(differences(readTruth(join(project, "raw_data")), await publishedTables(project))).toEqual([]);
    expect((await run(project, "2022-11-02T10:00:00Z", "plan", "--titles")).err).not.toContain("may still count");
  });

  it("says from which day an event moved away, follows it in event_data, and keeps the old day's count", async () => {
    writePulls(project, {
      "2022-11-01/20221101-213000.json": [rawRecord("mover", "2022-09-02T10:00:00Z", { distinct_id: "88001" })],
    });
    await run(project, "2022-11-02T11:00:00Z", "build");
    const before = await publishedTables(project);
    writePulls(project, {
      "2022-11-01/20221101-213000.json": [rawRecord("mover", "2022-09-03T10:00:00Z", { distinct_id: "88001" })],
    });
    const { err } = await run(project, "2022-11-02T12:00:00Z", "build");
    expect(err).toContain('"dau" may still count 1 event that moved away from 2022-09-02 (20221101-213000.json).');
    expect(err).not.toContain('"event_data" may still count');
    const after = await publishedTables(project);
    expect(after.dau.find((row) => row["event_date"] === "2022-09-02")).toEqual(
      before.dau.find((row) => row["event_date"] === "2022-09-02"),
    );
    expect(after.dau.find((row) => row["event_date"] === "2022-09-03")?.["cnt"]).toBe(1);
    await run(project, "2022-11-02T13:00:00Z", "build", "--full-refresh");
    expect(differences(readTruth(join(project, "raw_data")), await publishedTables(project))).toEqual([]);
  });
});
