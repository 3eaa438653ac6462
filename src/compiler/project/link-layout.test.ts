import { describe, expect, it } from "vitest";
import type { DataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Layout } from "../../domain/layout.ts";
import { linkLayout } from "./link-layout.ts";

function link(values: DataMap): { readonly layout: Layout; readonly faults: readonly string[] } {
  const faults: Diagnostic[] = [];
  const layout = linkLayout({ values, spans: {} }, (fault) => faults.push(fault));
  return { layout, faults: faults.map(({ message, hint }) => [message, hint ?? ""].join(" ").trim()) };
}

describe("how a table lies in BigQuery", () => {
  it("is not said where no config says it", () => {
    expect(link({ materialized: "table" })).toEqual({ layout: {}, faults: [] });
  });

  it.each([
    [{ field: "day" }, { kind: "time", field: "day", dataType: "date", granularity: "day" }],
    [
      { field: "at", data_type: "TIMESTAMP", granularity: "Hour", copy_partitions: true },
      { kind: "time", field: "at", dataType: "timestamp", granularity: "hour" },
    ],
    [
      { field: "id", data_type: "int64", range: { start: 0, end: 10, interval: 5 } },
      { kind: "range", field: "id", start: 0, end: 10, interval: 5 },
    ],
  ] as const)("is divided as partition_by %j says", (written, partitioning) => {
    expect(link({ partition_by: written })).toEqual({ layout: { partitioning }, faults: [] });
  });

  it.each([
    ["day", 'The config "partition_by" is a mapping, found "day". Write {"field": "day"}.'],
    [{ data_type: "date" }, '"partition_by" needs the name of a column as its "field". Write {"field": "day"}.'],
    [
      { field: "a", data_type: "text" },
      'The "data_type" of "partition_by" cannot be "text". It is one of "date", "timestamp", "datetime", "int64".',
    ],
    [
      { field: "a", granularity: "hour" },
      'Dates are not divided by hours. Say "data_type": "timestamp", or another granularity.',
    ],
    [
      { field: "a", data_type: "int64", range: { start: 1, end: 1, interval: 1 } },
      'A partition_by of "int64" needs a range of whole numbers, found {"start":1,"end":1,"interval":1}. Write "range": {"start": 0, "end": 100, "interval": 10}.',
    ],
    [{ field: "a", granularty: "day" }, '"partition_by" has no key "granularty". Did you mean "granularity"?'],
  ] as const)("is told where partition_by %j says no such thing", (written, message) => {
    expect(link({ partition_by: written }).faults).toEqual([message]);
  });

  it("has clusters, filters, lifetimes, labels of its meta too, tags, a key and a history", () => {
    expect(
      link({
        cluster_by: "id",
        require_partition_filter: true,
        partition_expiration_days: 3,
        hours_to_expiration: 48,
        labels: { team: "data", version: 2 },
        labels_from_meta: true,
        meta: { team: "none", owner: "ann", nested: {} },
        resource_tags: { "p/env": "prod" },
        kms_key_name: "k",
        enable_change_history: true,
      }),
    ).toEqual({
      layout: {
        clusterBy: ["id"],
        requiresPartitionFilter: true,
        partitionExpirationDays: 3,
        hoursToExpiration: 48,
        labels: { team: "data", owner: "ann", version: "2" },
        tags: { "p/env": "prod" },
        kmsKeyName: "k",
        keepsHistory: true,
      },
      faults: [],
    });
  });

  it("is told where an option has another kind", () => {
    expect(
      link({
        cluster_by: ["a", "b", "c", "d", "e"],
        require_partition_filter: "yes",
        hours_to_expiration: 0,
        labels: "x",
      }).faults,
    ).toEqual([
      'The config "cluster_by" is a column or a list of at most 4 columns, found 5 of them.',
      'The config "require_partition_filter" is true or false, found "yes".',
      'The config "hours_to_expiration" is a number above 0, found 0.',
      'The config "labels" is a mapping, found "x".',
    ]);
  });
});
