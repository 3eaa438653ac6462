import { describe, expect, it } from "vitest";
import { driftedOptions, liesAlike } from "./layout.ts";

const partitioning = { kind: "time", field: "day", dataType: "date", granularity: "day" } as const;

describe("a table that is to lie in another way", () => {
  it("is told from one that lies alike, whatever the case of names", () => {
    expect(
      liesAlike(
        { partitioning, clusterBy: ["A"] },
        { partitioning: { ...partitioning, field: "DAY" }, clusterBy: ["a"] },
      ),
    ).toBe(true);
    expect(liesAlike({}, { clusterBy: [] })).toBe(true);
    expect(liesAlike({ partitioning }, {})).toBe(false);
    expect(liesAlike({ partitioning }, { partitioning: { ...partitioning, granularity: "month" } })).toBe(false);
    expect(liesAlike({ clusterBy: ["a", "b"] }, { clusterBy: ["b", "a"] })).toBe(false);
  });

  it("is known by the options that are not as the config says", () => {
    const standing = { partitioning, clusterBy: ["a"], labels: { team: "x", other: "y" }, partitionExpirationDays: 3 };
    expect(driftedOptions(standing, standing)).toEqual([]);
    expect(
      driftedOptions(standing, {
        partitioning: { ...partitioning, granularity: "month" },
        requiresPartitionFilter: true,
        labels: { team: "z" },
        kmsKeyName: "k",
      }),
    ).toEqual([
      "partition_by",
      "cluster_by",
      "require_partition_filter",
      "partition_expiration_days",
      "labels",
      "kms_key_name",
    ]);
  });
});
