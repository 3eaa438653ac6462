import type { Column } from "../../domain/column.ts";
import type { IngestSettings } from "../../domain/ingest-settings.ts";

/** The columns that tsdbt adds to an ingested source, behind those of the CSV. */
export const addedColumns: readonly Column[] = [
  { name: "window_start", type: "TIMESTAMP" },
  { name: "position", type: "INT64" },
  { name: "content_hash", type: "STRING" },
  { name: "dl_updated_at", type: "TIMESTAMP" },
];

/** What the added columns hold, for docs. */
export const addedColumnDescriptions: Readonly<Record<string, string>> = {
  window_start: "Beginning of the hour whose pulls brought the row.",
  position: "Position of the record in its pull, from 1; pulls are ordered by name.",
  content_hash: "Hash of the record, the pull's name apart.",
  dl_updated_at: "Load time that the ledger handed out when the row came or changed.",
};

/** All columns of the staging table of an ingested source, types in GoogleSQL. */
export function stagingColumns(settings: IngestSettings): readonly Column[] {
  const staged = settings.columns.map(({ name, role }) => ({
    name,
    type: role === "eventTime" ? "TIMESTAMP" : "STRING",
  }));
  return [...staged, ...addedColumns];
}
