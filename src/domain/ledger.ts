import type { Relation } from "./relation.ts";

/** An incremental table as the ledger remembers it: it must be there, or a run stops instead of building it anew. */
export interface KnownTable {
  readonly uniqueId: string;
  readonly relation: Relation;
}

/** What an incremental model that merges must be remembered with, so that what it cannot follow can be told. */
export interface RecordedTable extends KnownTable {
  /** Names of the ingested sources that it reads, directly or through other models. */
  readonly sources: readonly string[];
  /** Those of them whose event id is the model's unique key: an event that moves to another day is then followed. */
  readonly followsMovesOf: readonly string[];
}

/**
 * Events that an incremental model still counts where they no longer are: they left the staged files, or moved to another
 * day, after the model had read them, and a merge cannot follow that. `--full-refresh` clears them.
 */
export interface Departure {
  readonly table: KnownTable;
  readonly source: string;
  readonly kind: "left" | "moved";
  /** The UTC day on which the events were, `2022-10-30`. */
  readonly day: string;
  /** The pulls that had brought them. */
  readonly files: readonly string[];
  readonly events: number;
}

/** A file or record that ingest turned away. `byteOffset` is where the fault, or the record, begins in the file. */
export interface Rejected {
  readonly source: string;
  readonly window: string;
  readonly file: string;
  readonly byteOffset: number;
  readonly kind: "file" | "record";
  readonly reason: string;
  readonly record: string | undefined;
}
