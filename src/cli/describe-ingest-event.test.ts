import { describe, expect, it } from "vitest";
import type { DueReason, DueWindow, IngestEvent, IngestTotals } from "../domain/ingest-event.ts";
import type { StagedWindow } from "../domain/staged-window.ts";
import { describeIngestEvent } from "./describe-ingest-event.ts";

const source = "staging.pulls";
const window = { startMs: Date.parse("2022-10-31T23:00:00Z") };

function due(reason: DueReason): DueWindow {
  return { window, reason, files: 2, bytes: 10 };
}

function texts(event: IngestEvent): readonly string[] {
  return describeIngestEvent(event).map(({ level, text }) => `${level}: ${text}`);
}

function listed(reasons: readonly DueReason[], ignored: readonly string[] = [], files: number = 1234): IngestEvent {
  return {
    kind: "pullsListed",
    source,
    files,
    bytes: 10,
    due: reasons.map(due),
    ignored: { count: ignored.length, examples: ignored.slice(0, 3) },
  };
}

const staged: StagedWindow = {
  window,
  object: { name: "o", uri: "u", version: "v" },
  rejects: undefined,
  fingerprint: "",
  contentHash: "",
  files: 1,
  rows: 20,
  rejectedFiles: 0,
  rejectedRecords: 0,
  unknownKeys: {},
};

const totals: IngestTotals = {
  windows: 3,
  unchangedWindows: 1,
  files: 1600,
  bytes: 10,
  rows: 12_345,
  rejectedFiles: 0,
  rejectedRecords: 0,
};

describe("the lines of an ingest", () => {
  it("say what is due and why", () => {
    expect(texts(listed([]))).toEqual(["info: staging.pulls: 1,234 files, nothing is due"]);
    expect(texts(listed(["new"], [], 1))).toEqual(["info: staging.pulls: 1 file, 1 window due (1 new)"]);
    expect(texts(listed(["new", "changed", "new", "vanished", "columns", "restored"]))).toEqual([
      "info: staging.pulls: 1,234 files, 6 windows due (2 new, 1 changed, 1 without their files, 1 with other columns, " +
        "1 whose CSV was not the loaded one)",
    ]);
  });

  it("warn of files whose names say no time", () => {
    expect(texts(listed([], ["a.json", "b.json"]))[1]).toBe(
      'warn: staging.pulls: 2 files passed over, for the name says no time: "a.json", "b.json"',
    );
    expect(texts(listed([], ["a.json"]))[1]).toContain('1 file passed over, for the name says no time: "a.json"');
  });

  it("tell a window that is staged again, and why, and no new one", () => {
    const event = (reason: DueReason, isUnchanged: boolean): IngestEvent => ({
      kind: "windowStaged",
      source,
      due: due(reason),
      staged,
      isUnchanged,
    });
    expect(texts(event("new", false))).toEqual([]);
    const again = "info: staging.pulls: window 2022-10-31 23:00 again,";
    expect(texts(event("changed", false))).toEqual([`${again} its files changed: 20 rows from 1 file`]);
    expect(texts(event("vanished", true))).toEqual([`${again} its files vanished: the content is as it was`]);
    expect(texts(event("columns", false))).toEqual([`${again} the columns are other ones: 20 rows from 1 file`]);
    expect(texts(event("restored", false))).toEqual([
      `${again} its CSV was not the one that was loaded: 20 rows from 1 file`,
    ]);
  });

  it("tell of batches only to whom asks for more", () => {
    expect(texts({ kind: "batchLoaded", source, windows: 1, rows: 20 })).toEqual([
      "debug: staging.pulls: 1 window loaded, 20 rows",
    ]);
  });

  it("sum up, and count what was turned away", () => {
    const ended = (given: Partial<IngestTotals>): readonly string[] =>
      texts({ kind: "ingestEnded", source, totals: { ...totals, ...given } });
    expect(ended({ windows: 0 })).toEqual([]);
    expect(ended({})).toEqual(["info: staging.pulls: 2 windows loaded with 12,345 rows from 1,600 files"]);
    expect(ended({ rejectedFiles: 1, rejectedRecords: 2 })).toEqual([
      "info: staging.pulls: 2 windows loaded with 12,345 rows from 1,600 files",
      "warn: staging.pulls: turned away 1 file and 2 records; tsdbt ingest --show-rejected lists them",
    ]);
  });
});
