import { describe, expect, it } from "vitest";
import { readLayout } from "./read-layout.ts";

const columns = [
  { name: "seen", type: "TIMESTAMP" },
  { name: "day", type: "DATE" },
];

describe("how a table of BigQuery lies", () => {
  it("is read with all that can be compared to a config", () => {
    const table = {
      timePartitioning: { type: "HOUR", field: "Seen", expirationMs: "86400000" },
      requirePartitionFilter: true,
      clustering: { fields: ["a", "b"] },
      labels: { team: "x" },
      encryptionConfiguration: { kmsKeyName: "k" },
    };
    expect(readLayout(table, columns)).toEqual({
      partitioning: { kind: "time", field: "Seen", dataType: "timestamp", granularity: "hour" },
      clusterBy: ["a", "b"],
      requiresPartitionFilter: true,
      partitionExpirationDays: 1,
      labels: { team: "x" },
      kmsKeyName: "k",
    });
  });

  it.each([
    [{ timePartitioning: { type: "DAY" } }, { kind: "ingestion", field: "", granularity: "day" }],
    [
      { timePartitioning: { type: "MONTH", field: "day" } },
      { kind: "time", field: "day", dataType: "date", granularity: "month" },
    ],
    [
      { rangePartitioning: { field: "id", range: { start: "0", end: "10", interval: "5" } } },
      { kind: "range", field: "id", start: 0, end: 10, interval: 5 },
    ],
    [{}, undefined],
  ] as const)("is divided as %j says", (table, partitioning) => {
    expect(readLayout(table, columns).partitioning).toEqual(partitioning);
  });
});
