import type { FileLoad } from "../../../domain/file-load.ts";
import { WorldError } from "../../../domain/world-error.ts";
import { type EndedJob, type JobRunner, runJob } from "./run-job.ts";

/** What each load job is given besides its files. */
export interface LoadSettings {
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The most files that one load job takes (https://cloud.google.com/bigquery/quotas#load_jobs). */
const mostFiles = 10_000;

/**
 * Loads files into a table by one job, in place of what it held. The same load is the same job, also in a later run: what was
 * loaded is not loaded again. Throws a `WorldError` where BigQuery refuses the files.
 */
export async function loadFiles(
  runner: JobRunner,
  load: FileLoad,
  { labels, signal }: LoadSettings,
): Promise<EndedJob> {
  const { target, uris } = load;
  if (uris.length > mostFiles) throw new Error(`a load job takes ${mostFiles} files, not ${uris.length}`);
  const ended = await runJob(runner, {
    key: ["load", ...load.key].join("\n"),
    signal,
    configuration: { load: loadConfiguration(load), labels },
  });
  if (ended.failure === undefined || signal.aborted) return ended;
  throw new WorldError("unloaded-files", `BigQuery cannot load ${described(uris)} into ${target.identifier}.`, {
    hint: ended.failure.message,
  });
}

/** Positions decide which field is which column, so there is no guessing; the settings are explained in BigQuery's own page (https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-csv#csv-options). */
function loadConfiguration({ target, columns, uris }: FileLoad): object {
  return {
    destinationTable: { projectId: target.database, datasetId: target.schema, tableId: target.identifier },
    sourceUris: uris,
    sourceFormat: "CSV",
    schema: { fields: columns.map(({ name, type }) => ({ name, type, mode: "NULLABLE" })) },
    autodetect: false,
    skipLeadingRows: 1,
    allowQuotedNewlines: true,
    preserveAsciiControlCharacters: true,
    maxBadRecords: 0,
    encoding: "UTF-8",
    createDisposition: "CREATE_IF_NEEDED",
    writeDisposition: "WRITE_TRUNCATE",
  };
}

function described(uris: readonly string[]): string {
  const [first = "nothing"] = uris;
  return uris.length < 2 ? first : `${first} and ${uris.length - 1} more`;
}
