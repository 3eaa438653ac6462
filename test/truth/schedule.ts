import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pullPath } from "../../scripts/sample/pulls.ts";
import { openRandom, type Random } from "../../scripts/sample/random.ts";
import { followedEdits, movingEdits, type Proposal } from "./schedule-edits.ts";
import { isFollowed, pullBytes, type World } from "./schedule-world.ts";

type FollowedKind = keyof typeof followedEdits;
type MovingKind = keyof typeof movingEdits;

/** What an edit of a raw folder is meant to try out. */
export type EditKind = FollowedKind | MovingKind;

/** One file written or removed. */
interface Edit {
  readonly kind: EditKind;
  /** Counts the edits of a schedule from 1; it becomes the file's modification time, so that no two versions look alike. */
  readonly number: number;
  readonly path: string;
  /** The file's bytes from now on; `undefined` removes it. */
  readonly bytes: Buffer | undefined;
}

/** Edits of the raw folder, and what is run after them. */
export interface Step {
  readonly edits: readonly Edit[];
  readonly command: "ingest" | "build" | "run";
}

/** A small world's history: at most eight steps and forty files. It never starts with `run` and always ends with `build`. */
export interface Schedule {
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** `never`: only changes that a merge can follow; `allowed`: events may also move to another day or vanish. */
export interface ScheduleOptions {
  readonly seed: number;
  readonly moves: "never" | "allowed";
}

const mostSteps = 8;
const mostFiles = 40;
const mostEdits = 8;

/** The kinds of edits, in a fixed order. */
export function editKinds(moves: ScheduleOptions["moves"]): readonly EditKind[] {
  const followed: readonly string[] = Object.keys(followedEdits);
  const moving: readonly string[] = moves === "allowed" ? Object.keys(movingEdits) : [];
  return [...followed.filter(isFollowedKind), ...moving.filter(isMovingKind)];
}

function isFollowedKind(kind: string): kind is FollowedKind {
  return kind in followedEdits;
}

function isMovingKind(kind: string): kind is MovingKind {
  return kind in movingEdits;
}

/** The schedule of a seed: equal options give equal schedules, on every machine. */
export function randomSchedule({ seed, moves }: ScheduleOptions): Schedule {
  const random = openRandom(`schedule ${String(seed)}`);
  const kinds = editKinds(moves);
  const count = 2 + random.below(mostSteps - 1);
  const used = new Set<number>();
  const steps: Step[] = [];
  let world: World = new Map();
  let number = 0;
  for (let index = 0; index < count; index += 1) {
    const edits: Edit[] = [];
    for (let left = index === 0 ? mostEdits : random.below(mostEdits + 1); left > 0; left -= 1) {
      const kind = number < 2 ? "new pull" : random.pick(kinds);
      const next = propose(kind, { world, random });
      if (next === undefined || (!used.has(next.time) && used.size === mostFiles)) {
        continue;
      }
      const after = withProposal(world, next);
      if (moves === "never" && !isFollowed(world, { after, time: next.time })) {
        continue;
      }
      number += 1;
      used.add(next.time);
      edits.push({ kind, number, path: pullPath(next.time * 1000), bytes: next.pull && pullBytes(next.pull) });
      world = after;
    }
    steps.push({ edits, command: commandOf({ index, count, random }) });
  }
  return { seed, steps };
}

function propose(
  kind: EditKind,
  { world, random }: { readonly world: World; readonly random: Random },
): Proposal | undefined {
  return isFollowedKind(kind) ? followedEdits[kind](world, random) : movingEdits[kind](world, random);
}

function withProposal(world: World, { time, pull }: Proposal): World {
  const after = new Map(world);
  after.delete(time);
  return pull === undefined ? after : after.set(time, pull);
}

function commandOf(at: { readonly index: number; readonly count: number; readonly random: Random }): Step["command"] {
  if (at.index === at.count - 1) {
    return "build";
  }
  return at.random.pick(at.index === 0 ? ["ingest", "build"] : ["ingest", "build", "run"]);
}

/** Makes a step's edits in a raw folder, each file whole by rename. Running the step's command is the caller's. */
export function applyStep(rawFolder: string, step: Step): void {
  for (const { number, path, bytes } of step.edits) {
    const file = join(rawFolder, path);
    if (bytes === undefined) {
      rmSync(file);
      continue;
    }
    const modified = new Date(Date.UTC(2022, 11, 1) + number * 1000);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.partial`, bytes);
    utimesSync(`${file}.partial`, modified, modified);
    renameSync(`${file}.partial`, file);
  }
}
