import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { DueWindow, IngestEvent } from "../domain/ingest-event.ts";
import type { StagedWindow } from "../domain/staged-window.ts";
import { type IngestProgress, terminalProgress } from "./ingest-progress.ts";

const window = { startMs: 0 };
const due: DueWindow = { window, reason: "new", files: 1, bytes: 1 };
const staged: StagedWindow = {
  window,
  object: { name: "", uri: "", version: "" },
  rejects: undefined,
  fingerprint: "",
  contentHash: "",
  files: 1,
  rows: 1,
  rejectedFiles: 0,
  rejectedRecords: 0,
  unknownKeys: {},
};
const windowStaged: IngestEvent = { kind: "windowStaged", source: "s", due, staged, isUnchanged: false };

interface Terminal {
  readonly progress: IngestProgress;
  /** Lists this many due windows. */
  readonly list: (windows: number) => void;
  /** Stages a window that takes so long, and gives what was drawn meanwhile. */
  readonly stage: (ms: number) => string;
}

function openTerminal(): Terminal {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  let now = 0;
  const progress = terminalProgress(stream, () => now);
  return {
    progress,
    list: (windows) => {
      const listed = Array.from({ length: windows }, () => due);
      const ignored = { count: 0, examples: [] };
      progress.follow({ kind: "pullsListed", source: "s", files: 1, bytes: 1, due: listed, ignored });
    },
    stage: (ms) => {
      now += ms;
      progress.follow(windowStaged);
      return String(stream.read() ?? "");
    },
  };
}

describe("the bar of an ingest", () => {
  it("is not drawn for work that is over within a second", () => {
    const { list, stage } = openTerminal();
    list(3);
    expect([stage(300), stage(300), stage(300)]).toEqual(["", "", ""]);
  });

  it("follows the windows once a second has passed, and is gone with the last", () => {
    const { list, stage } = openTerminal();
    list(3);
    expect(stage(600)).toBe("");
    expect(stage(600)).toMatch(/2\/3 windows/u);
    // The bar is cleared, and the cursor shown again.
    expect(stage(600)).toContain("\u001B[?25h");
    list(2);
    expect(stage(10)).toBe("");
  });

  it("comes back after a line of output took it away", () => {
    const { progress, list, stage } = openTerminal();
    list(4);
    expect(stage(1000)).toMatch(/1\/4 windows/u);
    progress.hide();
    progress.hide();
    expect(stage(10)).toMatch(/2\/4 windows/u);
    progress.hide();
  });
});
