import type { StagedWindow } from "./staged-window.ts";
import type { Window } from "./window.ts";

/**
 * Why a window is staged (again): the ledger does not know it; its files are not those that it was staged from; it has
 * none any more; the files are the same and the settings ask for other columns; or its CSV is not the one that was loaded,
 * because an ingest was cut off or somebody touched it.
 */
export type DueReason = "new" | "changed" | "vanished" | "columns" | "restored";

/** A window that is due, with the number of its files and their bytes. */
export interface DueWindow {
  readonly window: Window;
  readonly reason: DueReason;
  readonly files: number;
  readonly bytes: number;
}

/** Objects in the folder of the pulls whose names say no time: how many there are, and the first few names. */
export interface IgnoredNames {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What an ingest came to, over all the windows that it staged. */
export interface IngestTotals {
  readonly windows: number;
  /** Those of the windows whose content was as it had been: their rows are not loaded again. */
  readonly unchangedWindows: number;
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  readonly rejectedFiles: number;
  readonly rejectedRecords: number;
}

/** What happens while a source is ingested. Terminal, JSON log and page read these and nothing else. */
export type IngestEvent =
  | {
      readonly kind: "pullsListed";
      readonly source: string;
      /** All pulls in the folder, due or not. */
      readonly files: number;
      readonly bytes: number;
      readonly due: readonly DueWindow[];
      readonly ignored: IgnoredNames;
    }
  | {
      readonly kind: "windowStaged";
      readonly source: string;
      readonly due: DueWindow;
      readonly staged: StagedWindow;
      /** Whether the content is as it had been: then the warehouse is only told so. */
      readonly isUnchanged: boolean;
    }
  | { readonly kind: "batchLoaded"; readonly source: string; readonly windows: number; readonly rows: number }
  | { readonly kind: "ingestEnded"; readonly source: string; readonly totals: IngestTotals };
