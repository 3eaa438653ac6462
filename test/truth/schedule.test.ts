import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rawFolder } from "./raw-folder.ts";
import { listPulls, readPull } from "./read-pulls.ts";
import { readRecord } from "./read-record.ts";
import { applyStep, editKinds, randomSchedule, type Step } from "./schedule.ts";
import { contentOf, readTruth, type Truth } from "./truth.ts";

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

function dayOf(truth: Truth, key: string): string | undefined {
  return truth.events.get(key)?.event_time.slice(0, 10);
}

/** The keys of the events that each pull tells of. */
function keysByPull(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    listPulls(folder).pulls.map((pull) => {
      const rows = (readPull(folder, pull) ?? []).map((record) => readRecord(record, pull.file));
      return [
        pull.path,
        new Set(rows.flatMap((read) => (read.kind === "row" ? [read.row.uuid ?? contentOf(read.row)] : []))),
      ];
    }),
  );
}

/** Events whose day one step changed or took away, and rows that left their pull. */
function unfollowed(folder: string, step: Step): readonly string[] {
  const [before, pullsBefore] = [readTruth(folder), keysByPull(folder)];
  applyStep(folder, step);
  const [after, pullsAfter] = [readTruth(folder), keysByPull(folder)];
  const moved = [...before.events.keys()].filter((key) => dayOf(before, key) !== dayOf(after, key));
  const left = [...pullsBefore].flatMap(([path, keys]) =>
    [...keys].filter((key) => pullsAfter.get(path)?.has(key) !== true),
  );
  return [...moved, ...left];
}

describe("randomSchedule", () => {
  it("gives the same schedule for the same seed, and another for another", () => {
    const first = randomSchedule({ seed: 7, moves: "allowed" });
    expect(randomSchedule({ seed: 7, moves: "allowed" })).toEqual(first);
    expect(randomSchedule({ seed: 8, moves: "allowed" }).steps).not.toEqual(first.steps);
  });

  it.each(["never", "allowed"] as const)("makes every kind of edit over 200 seeds, moves %s", (moves) => {
    const edits = seeds.flatMap((seed) => randomSchedule({ seed, moves }).steps.flatMap((step) => step.edits));
    const counts = editKinds(moves).map((kind) => [kind, edits.filter((edit) => edit.kind === kind).length] as const);
    expect(counts.filter(([, count]) => count < 20)).toEqual([]);
    expect(new Set(edits.map((edit) => edit.kind)).size).toBe(counts.length);
  });

  it.each(["never", "allowed"] as const)(
    "stays small, starts with staged data and ends with a build, moves %s",
    (moves) => {
      const commands = new Set<string>();
      for (const { steps } of seeds.map((seed) => randomSchedule({ seed, moves }))) {
        steps.forEach(({ command }) => commands.add(command));
        expect(steps.length).toBeGreaterThanOrEqual(2);
        expect(steps.length).toBeLessThanOrEqual(8);
        expect(steps.at(0)?.command).not.toBe("run");
        expect(steps.at(-1)?.command).toBe("build");
        const edits = steps.flatMap((step) => step.edits);
        expect(new Set(edits.map(({ path }) => path)).size).toBeLessThanOrEqual(40);
        expect(edits.map(({ number }) => number)).toEqual(edits.map((_, index) => index + 1));
      }
      expect([...commands].sort()).toEqual(["build", "ingest", "run"]);
      expect(seeds.some((seed) => randomSchedule({ seed, moves }).steps.some(({ edits }) => edits.length === 0))).toBe(
        true,
      );
    },
  );

  it("never moves or loses an event when moves are not allowed", () => {
    for (const seed of seeds.slice(0, 100)) {
      const folder = rawFolder({});
      const found = randomSchedule({ seed, moves: "never" }).steps.flatMap((step) => unfollowed(folder, step));
      expect(found, `seed ${String(seed)}`).toEqual([]);
    }
  });

  it("moves and loses events when moves are allowed", () => {
    const found = seeds.slice(0, 50).map((seed) => {
      const folder = rawFolder({});
      return randomSchedule({ seed, moves: "allowed" }).steps.flatMap((step) => unfollowed(folder, step)).length;
    });
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(25);
  });

  it("makes worlds in which something can go wrong: hour 23, shared hours, rejects, malformed pulls, three months", () => {
    const truths = seeds.slice(0, 50).map((seed) => {
      const folder = rawFolder({});
      randomSchedule({ seed, moves: "never" }).steps.forEach((step) => {
        applyStep(folder, step);
      });
      return readTruth(folder);
    });
    const share = (holds: (truth: Truth) => boolean): number => truths.filter(holds).length / truths.length;
    expect(share((truth) => truth.hours.has("2022-10-30 23:00"))).toBeGreaterThan(0.3);
    expect(share((truth) => [...truth.hours.values()].some(({ files }) => files > 3))).toBeGreaterThan(0.5);
    expect(share((truth) => truth.rejected.length > 0)).toBeGreaterThan(0.3);
    expect(share((truth) => truth.malformed.length > 0)).toBeGreaterThan(0.3);
    expect(share((truth) => truth.mau.size === 3)).toBeGreaterThan(0.5);
    expect(share((truth) => truth.events.size > 10)).toBeGreaterThan(0.5);
  });
});

describe("applyStep", () => {
  it("writes, replaces and removes files, and gives each version another time", () => {
    const folder = rawFolder({});
    const path = "2022-10-30/20221030-200000.json";
    const file = join(folder, path);
    const edit = { kind: "new pull", path, bytes: Buffer.from("[]") } as const;
    applyStep(folder, { edits: [{ ...edit, number: 1 }], command: "ingest" });
    const first = statSync(file);
    expect(readFileSync(file, "utf8")).toBe("[]");
    applyStep(folder, { edits: [{ ...edit, kind: "pull touched", number: 2 }], command: "ingest" });
    expect(statSync(file).mtimeMs - first.mtimeMs).toBe(1000);
    expect(readdirSync(join(folder, "2022-10-30"))).toEqual(["20221030-200000.json"]);
    applyStep(folder, { edits: [{ ...edit, kind: "pull removed", number: 3, bytes: undefined }], command: "build" });
    expect(existsSync(file)).toBe(false);
  });
});
