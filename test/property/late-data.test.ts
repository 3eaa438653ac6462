import { describe, expect, it } from "vitest";
import { liveSchedule } from "./live-schedule.ts";

describe("random schedules of late, duplicated and corrected pulls", () => {
  it.each([1, 2, 3, 4, 5, 6])("equal one full refresh over all raw files, seed %i", async (seed) => {
    expect(await liveSchedule({ seed, moves: "never" })).toEqual([]);
  });

  it.each([7, 8])("equal it after a full refresh where events move or vanish, seed %i", async (seed) => {
    expect(await liveSchedule({ seed, moves: "allowed" })).toEqual([]);
  });
});
