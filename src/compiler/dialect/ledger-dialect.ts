import type { Column } from "../../domain/column.ts";
import type { FileLoad } from "../../domain/file-load.ts";
import type { IngestSettings } from "../../domain/ingest-settings.ts";
import type { LoadTime } from "../../domain/load-time.ts";
import type { KnownTable, RecordedTable } from "../../domain/ledger.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Sql } from "../../domain/sql.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";

/** A window to be loaded, with the time that the ledger hands out for it. */
export interface WindowLoad {
  readonly staged: StagedWindow;
  readonly loadTime: LoadTime;
}

/** The windows of one source that one unit loads, in order of their load times. */
export interface BatchLoad {
  readonly settings: IngestSettings;
  readonly staging: Relation;
  readonly windows: readonly WindowLoad[];
  readonly runId: string;
  /** The last load time that the ledger had handed out before: with the objects' versions it tells one batch from any other. */
  readonly after: LoadTime | undefined;
  /** Statements that fail where the run has lost its hold of the warehouse, which are part of the unit. */
  readonly fence?: readonly Sql[];
}

/** The statements by which a warehouse keeps the ledger (DESIGN §4), in its schema `_tsdbt`. */
export interface LedgerDialect {
  /** Makes schema and tables where they are missing. */
  create(ledger: Relation): readonly Sql[];
  /** The last load time handed out, as `load_time` in microseconds, or null. */
  lastLoadTime(ledger: Relation): Sql;
  /** The windows of a source: `window_start_ms`, and the columns of a staged window. */
  windows(ledger: Relation, source: string): Sql;
  /** The incremental tables that must be there: `unique_id`, `database`, `schema`, `identifier`. */
  knownTables(ledger: Relation): Sql;
  /** What incremental tables could not follow, grouped: the fields of a departure, `files` as a list. */
  departures(ledger: Relation): Sql;
  /** What ingest turned away: the fields of a rejected file or record. */
  rejected(ledger: Relation, source: string): Sql;
  /** Remembers an incremental table as built anew from all that is loaded. */
  recordRebuilt(ledger: Relation, table: RecordedTable, runId: string): readonly Sql[];
  /** Remembers an incremental table as having read all that is loaded. */
  recordMerged(ledger: Relation, table: RecordedTable, runId: string): readonly Sql[];
  /** Forgets a table that is no longer incremental. */
  forget(ledger: Relation, table: KnownTable): readonly Sql[];
  /** The columns of the staging table as the warehouse shows them. */
  stagingColumns(settings: IngestSettings): readonly Column[];
  /** Makes the staging table, empty, in place of one with other columns; the windows that had been loaded are due again. */
  createStaging(ledger: Relation, batch: BatchLoad): readonly Sql[];
  /** The loads by which the batch's files come into the warehouse before \`loadWindows\`; none where its statements read files. */
  fileLoads(ledger: Relation, batch: BatchLoad): readonly FileLoad[];
  /** Replaces the rows of the batch's windows in the staging table, and records windows, rejects and departures. */
  loadWindows(ledger: Relation, batch: BatchLoad): readonly Sql[];
  /** Remembers new fingerprints of windows whose content is as it was. */
  recordFingerprints(ledger: Relation, source: string, windows: readonly StagedWindow[]): readonly Sql[];
}
