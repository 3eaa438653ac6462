import type { Column } from "../../domain/column.ts";
import type { IngestSettings } from "../../domain/ingest-settings.ts";

/** The columns that tsdbt adds to an ingested source, behind those of the CSV. */
export const addedColumns: readonly Column[] = [
  { name: "window_start", type: "TIMESTAMP" },
  { name: "position", type: "INT64" },
  { name: "content_hash", type: "STRING" },
  { name: "dl_updated_at", type: "TIMESTAMP" },
];

/** All columns of the staging table of an ingested source, types in GoogleSQL. */
export function stagingColumns(settings: IngestSettings): readonly Column[] {
  const staged = settings.columns
    .filter(({ role }) => role !== "position")
    .map(({ name, role }) => ({ name, type: role === "eventTime" ? "TIMESTAMP" : "STRING" }));
  return [...staged, ...addedColumns];
}
