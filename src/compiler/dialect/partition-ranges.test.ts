import { describe, expect, it } from "vitest";
import { readPartitions } from "./partition-ranges.ts";

const seconds = (text: string): number => Date.parse(text) / 1000;

describe("the partitions that rows lie in", () => {
  it("are stretches of neighbouring days, whatever their order", () => {
    const days = ["2024-03-01", "2024-02-28", "2024-02-29", "2024-03-05"].map((day) => ({ partition: seconds(day) }));
    const partitioning = { kind: "time", field: "day", dataType: "date", granularity: "day" } as const;
    expect(readPartitions([...days, { partition: null }], partitioning)).toEqual({
      ranges: [
        { start: Date.parse("2024-02-28"), end: Date.parse("2024-03-02") },
        { start: Date.parse("2024-03-05"), end: Date.parse("2024-03-06") },
      ],
      hasNull: true,
    });
  });

  it("follow the calendar", () => {
    const partitioning = { kind: "time", field: "at", dataType: "timestamp", granularity: "month" } as const;
    expect(readPartitions([{ partition: String(seconds("2024-12-01")) }], partitioning)).toEqual({
      ranges: [{ start: Date.parse("2024-12-01"), end: Date.parse("2025-01-01") }],
      hasNull: false,
    });
  });

  it("are as wide as a range's interval", () => {
    const partitioning = { kind: "range", field: "id", start: 0, end: 100, interval: 10 } as const;
    expect(readPartitions([{ partition: 20 }, { partition: 10 }, { partition: 50 }], partitioning).ranges).toEqual([
      { start: 10, end: 30 },
      { start: 50, end: 60 },
    ]);
    expect(readPartitions([], partitioning)).toEqual({ ranges: [], hasNull: false });
  });
});
