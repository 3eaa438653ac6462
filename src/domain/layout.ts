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
