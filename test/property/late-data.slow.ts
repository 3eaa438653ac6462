import { describe, expect, it } from "vitest";
import { liveSchedule } from "./live-schedule.ts";

const first = Number(process.env["SEED"] ?? 1000);
const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => first + index);

describe(`many random schedules, from seed ${String(first)} on`, () => {
  it.each(seeds(160))("equal one full refresh over all raw files, seed %i", async (seed) => {
    expect(await liveSchedule({ seed, moves: "never" })).toEqual([]);
  });

  it.each(seeds(40))("equal it after a full refresh where events move or vanish, seed %i", async (seed) => {
    expect(await liveSchedule({ seed, moves: "allowed" })).toEqual([]);
  });
});
