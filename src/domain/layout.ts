/** How long one part of a table lasts that is divided by time. */
export type Granularity = "hour" | "day" | "month" | "year";

/** By what the rows of a table are kept apart; `ingestion` by a time that is given with them and is no column. */
export type Partitioning =
  | {
      readonly kind: "time";
      readonly field: string;
      readonly dataType: "date" | "timestamp" | "datetime";
      readonly granularity: Granularity;
    }
  | {
      readonly kind: "range";
      readonly field: string;
      readonly start: number;
      readonly end: number;
      readonly interval: number;
    }
  | { readonly kind: "ingestion"; readonly field: string; readonly granularity: Granularity };

/** How a table lies in a warehouse that lets one say so, and what else it is given; what is not said has no key. */
export interface Layout {
  readonly partitioning?: Partitioning | undefined;
  readonly clusterBy?: readonly string[] | undefined;
  readonly requiresPartitionFilter?: boolean | undefined;
  readonly partitionExpirationDays?: number | undefined;
  /** After so many hours the table is gone. */
  readonly hoursToExpiration?: number | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Tags of resources: `project/key` to value. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly kmsKeyName?: string | undefined;
  readonly keepsHistory?: boolean | undefined;
}

function partitioningKey(partitioning: Partitioning | undefined): string {
  if (partitioning === undefined) return "";
  // Whatever a table is told to take the time of ingestion from, it is no column of it.
  const field = partitioning.kind === "ingestion" ? "" : partitioning.field.toLowerCase();
  return JSON.stringify(Object.entries({ ...partitioning, field }).sort());
}

/** Whether rows lie in the same way: a table can be replaced in place by one that does, and by no other (DBT_SEMANTICS §3). */
export function liesAlike(standing: Layout, wanted: Layout): boolean {
  const clusters = [standing, wanted].map(({ clusterBy = [] }) => clusterBy.join(",").toLowerCase());
  return partitioningKey(standing.partitioning) === partitioningKey(wanted.partitioning) && clusters[0] === clusters[1];
}

/** The options, in words, in which a table that stands is not as its config says; those that a config passes over may be any. */
export function driftedOptions(standing: Layout, wanted: Layout): readonly string[] {
  const labels = Object.entries(wanted.labels ?? {}).filter(([key, value]) => standing.labels?.[key] !== value);
  const isPartitioned = wanted.partitioning !== undefined;
  return [
    ...(liesAlike({ partitioning: standing.partitioning }, { partitioning: wanted.partitioning })
      ? []
      : ["partition_by"]),
    ...(liesAlike({ clusterBy: standing.clusterBy }, { clusterBy: wanted.clusterBy }) ? [] : ["cluster_by"]),
    ...(isPartitioned && (standing.requiresPartitionFilter ?? false) !== (wanted.requiresPartitionFilter ?? false)
      ? ["require_partition_filter"]
      : []),
    ...(isPartitioned && standing.partitionExpirationDays !== wanted.partitionExpirationDays
      ? ["partition_expiration_days"]
      : []),
    ...(labels.length > 0 ? ["labels"] : []),
    ...(wanted.kmsKeyName !== undefined && !(standing.kmsKeyName ?? "").startsWith(wanted.kmsKeyName)
      ? ["kms_key_name"]
      : []),
  ];
}
