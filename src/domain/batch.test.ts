import { describe, expect, it } from "vitest";
import { batchCeiling, batchesBetween, batchId, batchName, batchStart, type BatchSize, shiftedBatch } from "./batch.ts";

const at = (text: string): number => Date.parse(`${text}Z`);
const shown = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

describe("batches", () => {
  it.each<[BatchSize, string, string, string]>([
    ["hour", "2024-09-17T16:00", "2024-09-17T17:00", "2024-09-17T15:00"],
    ["day", "2024-09-17T00:00", "2024-09-18T00:00", "2024-09-16T00:00"],
    ["month", "2024-09-01T00:00", "2024-10-01T00:00", "2024-08-01T00:00"],
    ["year", "2024-01-01T00:00", "2025-01-01T00:00", "2023-01-01T00:00"],
  ])("of a size of one %s begin, end and follow each other by the calendar", (size, start, end, before) => {
    const inside = at("2024-09-17T16:06");
    expect(shown(batchStart(inside, size))).toBe(start);
    expect(shown(batchCeiling(inside, size))).toBe(end);
    expect(shown(batchCeiling(at(start), size))).toBe(start);
    expect(shown(shiftedBatch(inside, -1, size))).toBe(before);
  });

  it("go by months of any length, over the end of a year", () => {
    expect(shown(shiftedBatch(at("2024-01-31T12:00"), 1, "month"))).toBe("2024-02-01T00:00");
    expect(shown(shiftedBatch(at("2024-01-31T12:00"), -2, "month"))).toBe("2023-11-01T00:00");
  });

  it("fill a stretch, and the last one ends where it ends", () => {
    const months = batchesBetween({ startMs: at("2023-12-01T00:00"), endMs: at("2024-03-01T00:00") }, "month");
    expect(months.map(({ startMs, endMs }) => [shown(startMs).slice(0, 7), shown(endMs).slice(0, 7)])).toEqual([
      ["2023-12", "2024-01"],
      ["2024-01", "2024-02"],
      ["2024-02", "2024-03"],
    ]);
  });

  it("are at least one", () => {
    const start = at("2024-03-01T00:00");
    expect(batchesBetween({ startMs: start, endMs: start }, "day")).toEqual([{ startMs: start, endMs: start }]);
  });

  it.each<[BatchSize, string, string]>([
    ["hour", "2024-09-17T16", "20240917T16"],
    ["day", "2024-09-17", "20240917"],
    ["month", "2024-09", "202409"],
    ["year", "2024", "2024"],
  ])("of a size of one %s are named as in dbt", (size, name, id) => {
    const batch = { startMs: at("2024-09-17T16:00"), endMs: at("2024-09-17T17:00") };
    expect(batchName(batch, size)).toBe(name);
    expect(batchId(batch, size)).toBe(id);
  });
});
