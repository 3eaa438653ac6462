import { look } from "./look.ts";
import { listPart, numberPart, part, textPart } from "./read-answer.ts";
import type { JobRunner } from "./run-job.ts";

/** A job that is done. What changes rows of the dataset that it is counted apart from is not what it is about. */
export interface CountedJob {
  readonly job: unknown;
  readonly apartFrom: string | undefined;
}

/**
 * The rows that a job changed: those that its last statement of DML counted, or those of the table that it made. `undefined`
 * where BigQuery tells neither.
 */
export async function changedRows(runner: JobRunner, { job, apartFrom }: CountedJob): Promise<number | undefined> {
  const isScript = (numberPart(job, "statistics", "numChildJobs") ?? 0) > 0;
  for (const each of isScript ? await children(runner, job) : [job]) {
    const dataset =
      textPart(each, "statistics", "query", "ddlTargetTable", "datasetId") ??
      textPart(each, "configuration", "query", "destinationTable", "datasetId");
    if (isScript && apartFrom !== undefined && dataset === apartFrom) continue;
    const counted = numberPart(each, "statistics", "query", "numDmlAffectedRows") ?? (await madeRows(runner, each));
    if (counted !== undefined) return counted;
  }
  return undefined;
}

/** The rows of the table that a statement made. */
async function madeRows(runner: JobRunner, job: unknown): Promise<number | undefined> {
  const made = part(job, "statistics", "query", "ddlTargetTable");
  if (textPart(job, "statistics", "query", "statementType") !== "CREATE_TABLE_AS_SELECT" || made === undefined)
    return undefined;
  const path = `/datasets/${textPart(made, "datasetId") ?? ""}/tables/${textPart(made, "tableId") ?? ""}`;
  return numberPart(await look(runner, { what: "a table", path }), "numRows");
}

/** The jobs of a script's statements, the latest first. */
async function children(runner: JobRunner, job: unknown): Promise<readonly unknown[]> {
  const parentJobId = textPart(job, "jobReference", "jobId");
  const query = { parentJobId, projection: "full", maxResults: 50, location: runner.location };
  return listPart(await look(runner, { what: "a script's jobs", path: "/jobs", query }), "jobs");
}
