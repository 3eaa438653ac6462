import type { BatchSize } from "./batch.ts";
import type { Partitioning } from "./layout.ts";
import type { Sql } from "./sql.ts";

/** What happens when a model's columns are no longer those of its incremental table (DBT_SEMANTICS §7). */
export type SchemaChangePolicy = "ignore" | "append_new_columns" | "sync_all_columns" | "fail";

/** A column and the expression that it is set to; the name as the author writes it, with or without quotes. */
export interface SetExpression {
  readonly column: Sql;
  readonly value: Sql;
}

/**
 * What a merge does with a row. `update` sets the columns of `include` (all, where it is empty) but for those of
 * `exclude`, and what `set` says in place of the model's value.
 */
export type MergeAction =
  | {
      readonly kind: "update";
      readonly include: readonly string[];
      readonly exclude: readonly string[];
      readonly set: readonly SetExpression[];
    }
  | { readonly kind: "updateWhole"; readonly mode: "by position" | "star" }
  | { readonly kind: "insert" }
  | { readonly kind: "insertWhole"; readonly mode: "by position" | "star" }
  | { readonly kind: "insertValues"; readonly columns: readonly Sql[]; readonly values: readonly Sql[] }
  | { readonly kind: "delete" }
  | { readonly kind: "doNothing" }
  | { readonly kind: "raise"; readonly message: string | undefined };

/** One `when` of a merge: which rows, under which further conditions, and what is done with them. */
export interface MergeClause {
  readonly when: "matched" | "not matched" | "not matched by source";
  readonly conditions: readonly Sql[];
  readonly action: MergeAction;
}

/** How rows of an incremental query come into the table. */
export type IncrementalStrategy =
  | { readonly kind: "append" }
  | { readonly kind: "delete+insert" }
  | { readonly kind: "merge"; readonly clauses: readonly MergeClause[] }
  | Microbatch
  | {
      readonly kind: "insert_overwrite";
      readonly partitioning: Exclude<Partitioning, { kind: "ingestion" }>;
      /** Those that the author names; otherwise those that rows are in. */
      readonly listed: readonly Sql[];
    }
  | CustomStrategy;

/** The project's own way: a macro that is called with the rows and writes the statements, as in dbt. */
export interface CustomStrategy {
  readonly kind: "custom";
  readonly name: string;
  /** `get_incremental_<name>_sql`. */
  readonly macro: string;
}

/** Event time is cut into batches, and each is built by itself: the rows of its time are replaced (DBT_SEMANTICS §11). */
export interface Microbatch {
  readonly kind: "microbatch";
  /** The column by whose value a row belongs to a batch. */
  readonly eventTime: string;
  /** Where event time begins, in epoch milliseconds. */
  readonly beginMs: number;
  readonly size: BatchSize;
  /** How many batches before the newest one are built again. */
  readonly lookback: number;
  /** Whether batches may run side by side; where the config does not say, those may whose text does not mention the table itself. */
  readonly isConcurrent: boolean | undefined;
}

/** An incremental materialization. `fullRefresh` set in the config wins over the flag (DBT_SEMANTICS §1.2). */
export interface Incremental {
  readonly kind: "incremental";
  readonly strategy: IncrementalStrategy;
  /** The columns that identify a row; where there are none, and no expression either, all rows are new. */
  readonly uniqueKey: readonly string[];
  /** An expression over the columns that is compared whole, in place of columns. */
  readonly keyExpression: Sql | undefined;
  /** Further conditions on the table's rows that may be replaced. */
  readonly predicates: readonly Sql[];
  readonly onSchemaChange: SchemaChangePolicy;
  readonly fullRefresh: boolean | undefined;
}

/** What a merge does where nothing else is said: known keys are updated, the others inserted. */
export const plainMerge: readonly MergeClause[] = [
  { when: "matched", conditions: [], action: { kind: "update", include: [], exclude: [], set: [] } },
  { when: "not matched", conditions: [], action: { kind: "insert" } },
];
