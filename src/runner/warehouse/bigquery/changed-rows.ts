import { look } from "./look.ts";
import { listPart, numberPart, part, textPart } from "./read-answer.ts";
import type { JobRunner } from "./run-job.ts";

/**
 * The rows that the last statement of a job changed: those that DML counted, or those of the table that it made. `undefined`
 * where BigQuery tells neither.
 */
export async function changedRows(runner: JobRunner, job: unknown): Promise<number | undefined> {
  const last = (numberPart(job, "statistics", "numChildJobs") ?? 0) > 0 ? await lastChild(runner, job) : job;
  const counted = numberPart(last, "statistics", "query", "numDmlAffectedRows");
  if (counted !== undefined) return counted;
  const made = part(last, "statistics", "query", "ddlTargetTable");
  if (textPart(last, "statistics", "query", "statementType") !== "CREATE_TABLE_AS_SELECT" || made === undefined)
    return undefined;
  const path = `/datasets/${textPart(made, "datasetId") ?? ""}/tables/${textPart(made, "tableId") ?? ""}`;
  return numberPart(await look(runner, { what: "a table", path }), "numRows");
}

/** The job of a script's last statement: children are listed with the latest first. */
async function lastChild(runner: JobRunner, job: unknown): Promise<unknown> {
  const parentJobId = textPart(job, "jobReference", "jobId");
  const query = { parentJobId, projection: "full", maxResults: 1, location: runner.location };
  const list = await look(runner, { what: "a script's jobs", path: "/jobs", query });
  return listPart(list, "jobs")[0];
}
