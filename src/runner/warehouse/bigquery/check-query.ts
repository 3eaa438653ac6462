import type { QueryCheck } from "../../../domain/script.ts";
import { RestError } from "./bigquery-client.ts";
import { isPassing, worldErrorOf } from "./job-failure.ts";
import { numberPart, part } from "./read-answer.ts";
import { columnsOfFields, readFields } from "./read-value.ts";
import type { JobRunner } from "./run-job.ts";

/** What came of a dry run: what the query would give, or why BigQuery refuses it. */
export type CheckedQuery =
  { readonly kind: "checked"; readonly check: QueryCheck } | { readonly kind: "refused"; readonly message: string };

/** Has BigQuery look at a query without running it, which costs nothing; its bytes are an upper bound (BIGQUERY §6). */
export async function checkQuery(
  { client, location, pause, retries }: JobRunner,
  configuration: Readonly<Record<string, unknown>>,
): Promise<CheckedQuery> {
  const jobReference = location === undefined ? {} : { jobReference: { location } };
  const body = { ...jobReference, configuration: { ...configuration, dryRun: true } };
  for (let failures = 0; ; failures++)
    try {
      const job = await client.call({ method: "POST", path: "/jobs", body });
      const columns = columnsOfFields(readFields(part(job, "statistics", "query", "schema")));
      const bytes = numberPart(job, "statistics", "totalBytesProcessed");
      return { kind: "checked", check: { columns, bytes } };
    } catch (error) {
      if (error instanceof RestError && (error.status === 400 || error.status === 404))
        return { kind: "refused", message: error.message };
      if (!isPassing(error) || failures >= retries) throw worldErrorOf(error, "looking at a query");
      await pause(1000 * 2 ** failures);
    }
}
