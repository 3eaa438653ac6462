import { type RestCall, RestError } from "./bigquery-client.ts";
import { isPassing, worldErrorOf } from "./job-failure.ts";
import type { JobRunner } from "./run-job.ts";

/** A call that only looks, and what it looks at, in words. */
export interface Look extends Omit<RestCall, "method" | "body"> {
  readonly what: string;
}

/**
 * Looks at something, again where the failure passes. `undefined` where it is not there; a `WorldError` where BigQuery
 * cannot be asked.
 */
export async function look({ client, pause, retries }: JobRunner, { what, ...call }: Look): Promise<unknown> {
  for (let failures = 0; ; failures++)
    try {
      return await client.call({ method: "GET", ...call });
    } catch (error) {
      if (error instanceof RestError && error.status === 404) return undefined;
      if (!isPassing(error) || failures >= retries) throw worldErrorOf(error, `looking at ${what}`);
      await pause(1000 * 2 ** failures);
    }
}
