import type { Window } from "./window.ts";

/** An object that a store holds: its name in the store, the address by which a warehouse reads it, its version. */
export interface StagedObject {
  readonly name: string;
  readonly uri: string;
  readonly version: string;
}

/**
 * A window as ingest wrote it into the store and as the ledger remembers it. `fingerprint` stands for the names and
 * versions of its raw files (equal means: nothing to re-read), `contentHash` for the bytes of its CSV and rejects (equal
 * means: nothing to load). A window whose last file vanished is staged once more, with a header and no rows.
 */
export interface StagedWindow {
  readonly window: Window;
  readonly object: StagedObject;
  /** The CSV of what was turned away (`file,byte_offset,kind,reason,record`), absent where all was well. */
  readonly rejects: StagedObject | undefined;
  readonly fingerprint: string;
  readonly contentHash: string;
  readonly files: number;
  readonly rows: number;
  readonly rejectedFiles: number;
  readonly rejectedRecords: number;
  /** Keys of records that no column takes, with the number of records that have them. */
  readonly unknownKeys: Readonly<Record<string, number>>;
}
