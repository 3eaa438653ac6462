import { WorldError } from "../../../domain/world-error.ts";
import { RestError } from "./bigquery-client.ts";
import { part, textPart } from "./read-answer.ts";

/**
 * What to do about a failure: wait and ask again; run the statement again as another job; or tell it
 * (https://cloud.google.com/bigquery/docs/error-messages).
 */
export type FailureClass = "transient" | "conflict" | "permanent";

const transientReasons: ReadonlySet<string> = new Set([
  "rateLimitExceeded",
  "jobRateLimitExceeded",
  "backendError",
  "internalError",
  "jobBackendError",
  "jobInternalError",
]);

const transientStatuses: ReadonlySet<number> = new Set([0, 408, 429, 500, 502, 503, 504]);

const conflicts = /due to concurrent update|Transaction is aborted/iu;
const tableUpdateLimit = /too many table update operations/iu;

/** Classes a failure by reason and message; a conflict of two writers comes as `invalidQuery`. */
export function failureClass({ reason, message }: { readonly reason: string; readonly message: string }): FailureClass {
  if (conflicts.test(message)) return "conflict";
  return transientReasons.has(reason) || tableUpdateLimit.test(message) ? "transient" : "permanent";
}

/** Whether the same call may be made again after this. */
export function isPassing(error: unknown): boolean {
  if (error instanceof WorldError) return error.isRetryable;
  if (!(error instanceof RestError)) return false;
  return transientStatuses.has(error.status) || failureClass(error) === "transient";
}

/** Why a job that is done did not succeed. */
export interface JobFailure {
  readonly reason: string;
  readonly message: string;
}

/** The failure of a job that is done; `undefined` for one that succeeded, whatever warnings it has. */
export function jobFailure(job: unknown): JobFailure | undefined {
  const result = part(job, "status", "errorResult");
  if (result === undefined || result === null) return undefined;
  return { reason: textPart(result, "reason") ?? "", message: textPart(result, "message") ?? "The job failed." };
}

const refusals: ReadonlySet<number> = new Set([401, 403]);

/** A call that failed for good, as what people are told. */
export function worldErrorOf(error: unknown, what: string): unknown {
  if (!(error instanceof RestError)) return error;
  if (isPassing(error))
    return new WorldError("warehouse-unreachable", `BigQuery does not answer: ${what} failed.`, {
      hint: error.message,
      isRetryable: true,
      cause: error,
    });
  if (refusals.has(error.status) && error.reason !== "quotaExceeded")
    return new WorldError("no-permission", `BigQuery refuses the account: ${what} failed.`, {
      hint: error.message,
      cause: error,
    });
  return new WorldError("warehouse-refused", `BigQuery refuses: ${what} failed.`, {
    hint: error.message,
    cause: error,
  });
}
