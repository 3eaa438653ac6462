import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readTruth, type Truth } from "../../test/truth/truth.ts";
import { malformedKinds, malformedPull } from "./malformed.ts";
import { generatePulls, pullPath, type SampleSettings } from "./pulls.ts";
import { writePulls } from "./write-pulls.ts";

const settings: SampleSettings = {
  seed: "x",
  start: "2022-10-31",
  days: 2,
  filesPerDay: 200,
  eventsPerFile: 10,
  users: 500,
  late: 0,
  duplicates: 0,
  corrections: 0,
  moves: 0,
  malformed: 0,
};

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});

function truthOf(changes: Partial<SampleSettings>): { readonly truth: Truth; readonly rows: number } {
  const folder = mkdtempSync(join(tmpdir(), "tsdbt-sample-"));
  folders.push(folder);
  writePulls(generatePulls({ ...settings, ...changes }), folder);
  const truth = readTruth(folder);
  return { truth, rows: [...truth.hours.values()].reduce((sum, hour) => sum + hour.rows, 0) };
}

function digest(changes: Partial<SampleSettings>): string {
  const hash = createHash("sha256");
  for (const pull of generatePulls({ ...settings, ...changes })) {
    hash.update(pull.path).update(pull.bytes);
  }
  return hash.digest("hex");
}

describe("generatePulls", () => {
  it("makes the same bytes from the same seed, on every machine, and others from another", () => {
    const all = { late: 0.1, duplicates: 0.1, corrections: 0.1, moves: 0.1, malformed: 0.1 };
    expect(digest(all)).toBe("5ced395239ceb9f2ef7a20ae3baadec5c1844c38178953557e97a6735057f9ad");
    expect(digest({ ...all, seed: "y" })).not.toBe(digest(all));
  });

  it("names pulls in order, as many a day as asked for, up to one a second", () => {
    const paths = [...generatePulls({ ...settings, filesPerDay: 1000, eventsPerFile: 0.1 })].map(({ path }) => path);
    expect(paths).toHaveLength(2000);
    expect(new Set(paths).size).toBe(2000);
    expect([...paths].sort()).toEqual(paths);
    const seconds = generatePulls({ ...settings, days: 1, filesPerDay: 86_400, eventsPerFile: 0 });
    expect(new Set(Array.from(seconds, ({ path }) => path)).size).toBe(86_400);
  });

  it("sends each event once and at once when all rates are 0", () => {
    const { truth, rows } = truthOf({});
    expect(truth.events.size).toBe(rows);
    expect(truth.malformed).toEqual([]);
    expect(truth.rejected).toEqual([]);
    expect([...truth.dau.keys()].filter((day) => day < "2022-10-30")).toEqual([]);
  });

  it("sends late events from days and weeks ago", () => {
    const { truth, rows } = truthOf({ late: 0.5 });
    const late = [...truth.events.values()].filter((row) => row.event_time < "2022-10-30").length;
    expect(late / rows).toBeGreaterThan(0.35);
    expect(truth.mau.get("2022-09-01")).toBeGreaterThan(10);
  });

  it("sends duplicates that change nothing", () => {
    const { truth, rows } = truthOf({ duplicates: 0.3 });
    expect(truth.events.size / rows).toBeLessThan(0.8);
    const seconds = [...truth.events.values()].map((row) => Date.parse(row.event_time) - pullMs(row.file));
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(-60_000);
  });

  it("corrects user or place of an event and leaves its time", () => {
    const { truth, rows } = truthOf({ corrections: 0.3 });
    const corrected = [...truth.events.values()].filter(
      (row) => pullMs(row.file) - Date.parse(row.event_time) > 60_000,
    );
    expect(corrected.length).toBeGreaterThan(rows / 10);
    expect([...truth.dau.keys()].filter((day) => day < "2022-10-30")).toEqual([]);
  });

  it("moves events to other days only when asked to", () => {
    expect(truthOf({ moves: 0.3 }).truth.dau.has("2022-10-28")).toBe(true);
  });

  it("spoils as many pulls as asked for", () => {
    expect(truthOf({ malformed: 1, eventsPerFile: 1 }).truth.malformed).toHaveLength(400);
  });
});

function pullMs(file: string): number {
  return Date.parse(file.replace(/^(....)(..)(..)-(..)(..)(..)\.json$/u, "$1-$2-$3T$4:$5:$6Z"));
}

describe("malformedPull", () => {
  it.each(malformedKinds)("is no array of objects, with or without records: %s", (kind) => {
    const folder = mkdtempSync(join(tmpdir(), "tsdbt-sample-"));
    folders.push(folder);
    const pulls = [[], ["{}"], ['{"distinct_id":"1"}', "{}"]].map((records, index) => ({
      path: pullPath(index * 1000),
      bytes: malformedPull(kind, records),
    }));
    writePulls(pulls, folder);
    expect(readTruth(folder).malformed).toHaveLength(3);
  });
});

describe("writePulls", () => {
  it("never overwrites a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "tsdbt-sample-"));
    folders.push(folder);
    const path = pullPath(0);
    expect(path).toBe("1970-01-01/19700101-000000.json");
    expect(writePulls([{ path, bytes: Buffer.from("[]") }], folder)).toEqual({ files: 1, bytes: 2 });
    expect(() => writePulls([{ path, bytes: Buffer.from("[{}]") }], folder)).toThrow("EEXIST");
    expect(readFileSync(join(folder, path), "utf8")).toBe("[]");
  });
});
