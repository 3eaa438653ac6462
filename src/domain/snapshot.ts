import type { Sql } from "./sql.ts";

/** By what a row counts as changed: by a column that says when, or by columns that differ. `all` are those of the query. */
export type SnapshotStrategy =
  | { readonly kind: "timestamp"; readonly updatedAt: Sql }
  | { readonly kind: "check"; readonly columns: "all" | readonly string[]; readonly updatedAt: Sql | undefined };

/** The names of the columns that a snapshot adds to its query's. */
export interface SnapshotColumns {
  readonly validFrom: string;
  readonly validTo: string;
  readonly scdId: string;
  readonly updatedAt: string;
  readonly isDeleted: string;
}

/** A table that keeps every state that the rows of a query were in, each with the time for which it held. */
export interface Snapshot {
  readonly kind: "snapshot";
  readonly strategy: SnapshotStrategy;
  /** Expressions that identify a row together. */
  readonly uniqueKey: readonly Sql[];
  /** What becomes of a row that the query no longer has: nothing, its end, or its end and a row that says so. */
  readonly hardDeletes: "ignore" | "invalidate" | "new_record";
  /** What stands for "still valid"; NULL where it is not given. */
  readonly validToCurrent: Sql | undefined;
  readonly columns: SnapshotColumns;
}
