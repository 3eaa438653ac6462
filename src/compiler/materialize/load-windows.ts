import type { Column } from "../../domain/column.ts";
import { execute, load, type Script } from "../../domain/script.ts";
import type { StagedWindow } from "../../domain/staged-window.ts";
import type { BatchLoad } from "../dialect/ledger-dialect.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A batch of windows to be loaded, and those of which only the fingerprint is new. */
export interface LoadRequest {
  readonly batch: BatchLoad;
  readonly unchanged: readonly StagedWindow[];
  /** The columns of the staging table, or `undefined` where there is none. */
  readonly existing: readonly Column[] | undefined;
}

function hasColumns(existing: readonly Column[], wanted: readonly Column[]): boolean {
  const isSame = (column: Column | undefined, { name, type }: Column): boolean =>
    column?.name === name && column.type === type;
  return existing.length === wanted.length && wanted.every((column, index) => isSame(existing[index], column));
}

/**
 * Loads a batch of windows and writes their ledger rows: all of it is one unit. Where the warehouse loads files by itself, it
 * has done so before, into tables that nobody else reads.
 */
export function* loadWindows(
  { batch, unchanged, existing }: LoadRequest,
  { dialect, ledgerDialect, ledger }: WarehouseSql,
): Script<undefined> {
  const isFresh = existing === undefined || !hasColumns(existing, ledgerDialect.stagingColumns(batch.settings));
  if (batch.windows.length > 0) yield* load(...ledgerDialect.fileLoads(ledger, batch));
  yield* execute(
    ...(isFresh ? [...dialect.createSchema(batch.staging), ...ledgerDialect.createStaging(ledger, batch)] : []),
    ...(batch.windows.length > 0 ? ledgerDialect.loadWindows(ledger, batch) : []),
    // A table that was just made has none of the rows that did not change: their windows stay due.
    ...(isFresh ? [] : ledgerDialect.recordFingerprints(ledger, batch.settings.source, unchanged)),
  );
  return undefined;
}
