import type { IngestColumn } from "../../src/domain/ingest-settings.ts";
import { parseStagedCsv } from "./parse-staged-csv.ts";
import { PullScanner, type ScanCounts } from "../../src/ingest/scan/pull-scanner.ts";
import { aquatechColumns } from "./aquatech-columns.ts";

/** What scanning files came to, as plain data. */
export interface Scanned {
  readonly rows: readonly (readonly (string | null)[])[];
  /** `byte_offset`, `kind`, `reason`, `record` of each reject. */
  readonly rejects: readonly (readonly (string | null)[])[];
  readonly counts: ScanCounts;
  readonly unknownKeys: Readonly<Record<string, number>>;
}

/** Scans files as the pulls of one window. */
export function scanFiles(files: readonly (Buffer | string)[], columns: readonly IngestColumn[]): Scanned {
  const scanner = new PullScanner(columns);
  scanner.start(Buffer.alloc(0));
  for (const file of files) scanner.scan("2022-10-13/20221013-030129.json", Buffer.from(file));
  return {
    rows: parseStagedCsv(scanner.rows.view().toString()),
    rejects: parseStagedCsv(scanner.rejects.view().toString()).map((row) => row.slice(1)),
    counts: scanner.counts,
    unknownKeys: scanner.unknownKeys(),
  };
}

/** Scans one file into the example's columns. */
export function scanText(file: Buffer | string): Scanned {
  return scanFiles([file], aquatechColumns);
}
