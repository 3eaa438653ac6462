import { createHash } from "node:crypto";
import type { IngestColumn } from "../domain/ingest-settings.ts";
import type { StoredObject } from "./store.ts";

/** Counts up when the same files are to give another CSV, so that all windows are staged anew. */
const stagingRules = 1;

function digest(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 32);
}

/** What stands for the columns and rules by which windows are staged. */
export function columnsPrint(columns: readonly IngestColumn[]): string {
  const described = columns.map((column) =>
    "key" in column ? [column.role, column.name, column.key, column.required] : [column.role, column.name],
  );
  return digest([stagingRules, described]);
}

/** What stands for a window's files, which are in order: equal as long as no name and no version is another one. */
export function filesPrint(files: readonly StoredObject[]): string {
  return digest(files.map(({ name, version }) => [name, version]));
}
