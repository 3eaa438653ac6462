import type { StagedWindow } from "../domain/staged-window.ts";

/**
 * What the ledger has to know of a window so that ingest can tell whether it is due. With the objects it also finds those
 * that are no longer the ones that were loaded.
 */
export type LedgerWindow = Pick<StagedWindow, "window" | "fingerprint" | "contentHash"> &
  Partial<Pick<StagedWindow, "object" | "rejects">>;

/**
 * A window that was staged. `changed`: its rows take the place of those that the warehouse has. `unchanged`: the warehouse
 * has this content already, and only what the ledger says of the window is new.
 */
export interface StagedChange {
  readonly kind: "changed" | "unchanged";
  readonly staged: StagedWindow;
}

/** The memory of which windows of one source are loaded, and the way into the warehouse. */
export interface Ledger {
  windows(): Promise<readonly LedgerWindow[]>;
  /** Loads windows, in this order, and remembers them: all of the batch or nothing. */
  load(batch: readonly StagedChange[]): Promise<void>;
}
