import { createHash } from "node:crypto";
import { type RestClient, RestError } from "./bigquery-client.ts";
import { failureClass, isPassing, jobFailure, type JobFailure, worldErrorOf } from "./job-failure.ts";
import { numberPart, textPart } from "./read-answer.ts";

/** Waits, at most until the signal is given; it never rejects. Tests do not wait. */
export type Pause = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** How jobs are run, for all jobs of a warehouse. */
export interface JobRunner {
  readonly client: RestClient;
  readonly location: string | undefined;
  readonly pause: Pause;
  /** Epoch milliseconds at which the run began: jobs that failed before are another run's. */
  readonly startedMs: number;
  /** How often a failed job or call is followed by another one. */
  readonly retries: number;
}

/** A job: what it is known by, and what it does. */
export interface Job {
  /** All that tells this work from other work; the same key is the same work, and is done once. */
  readonly key: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** A job that is done: BigQuery's own account of it, and its failure if it did not succeed. */
export interface EndedJob {
  readonly id: string;
  readonly job: unknown;
  readonly failure: JobFailure | undefined;
}

const shortestPause = 250;
const longestPoll = 10_000;
const longestPause = 32_000;

function jobId(key: string, ordinal: number): string {
  return `tsdbt_${createHash("sha256").update(key).digest("hex").slice(0, 32)}_${ordinal}`;
}

/** A pause before the next attempt: it doubles, and differs from one run to another by what the key's hash says. */
function pauseBefore(id: string, attempt: number): number {
  const jitter = (createHash("sha256").update(`${id}/${attempt}`).digest()[0] ?? 0) / 255;
  return Math.min(longestPause, 1000 * 2 ** attempt) * (0.5 + jitter / 2);
}

function jobPath(id: string): string {
  return `/jobs/${id}`;
}

async function insert({ client, location }: JobRunner, id: string, job: Job): Promise<RestError | undefined> {
  const jobReference = { jobId: id, ...(location !== undefined && { location }) };
  try {
    await client.call({
      method: "POST",
      path: "/jobs",
      body: { jobReference, configuration: job.configuration },
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    // The job is there already: an answer was lost, or an earlier run asked for the same work.
    return error.status === 409 ? undefined : error;
  }
}

/** Reads a job back; `undefined` where there is none of that id. */
async function readJob({ client, location }: JobRunner, id: string): Promise<unknown> {
  try {
    return await client.call({ method: "GET", path: jobPath(id), query: { location } });
  } catch (error) {
    if (error instanceof RestError && error.status === 404) return undefined;
    throw error;
  }
}

/** Has a running job given up; that it cannot be done any more is no error. */
async function cancel({ client, location }: JobRunner, id: string): Promise<void> {
  try {
    await client.call({ method: "POST", path: `${jobPath(id)}/cancel`, query: { location } });
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
  }
}

/** Waits until a job is done. `undefined` where there is no such job. */
async function awaitJob(runner: JobRunner, id: string, signal: AbortSignal): Promise<unknown> {
  let failures = 0;
  let isCancelled = false;
  for (let wait = shortestPause; ; wait = Math.min(longestPoll, wait * 2)) {
    if (signal.aborted && !isCancelled) {
      isCancelled = true;
      wait = shortestPause;
      await cancel(runner, id);
    }
    try {
      const job = await readJob(runner, id);
      if (job === undefined || textPart(job, "status", "state") === "DONE") return job;
    } catch (error) {
      if (!isPassing(error) || ++failures > runner.retries) throw worldErrorOf(error, "looking at a job");
    }
    await runner.pause(wait, isCancelled ? undefined : signal);
  }
}

/**
 * Runs a job until it is done, once: it is inserted under an id made of its key, so that an insert whose answer was lost
 * meets itself, and the work of an earlier run is taken up. A job that failed for a passing reason, or that failed before
 * this run began, is followed by the next one. Rejects with a `WorldError` where BigQuery cannot be asked.
 */
export async function runJob(runner: JobRunner, job: Job): Promise<EndedJob> {
  let ordinal = 0;
  let attempts = 0;
  for (;;) {
    const id = jobId(job.key, ordinal);
    const refusal = await insert(runner, id, job);
    const ended = await awaitJob(runner, id, job.signal);
    if (ended === undefined) {
      if (refusal === undefined || !isPassing(refusal) || job.signal.aborted || attempts >= runner.retries)
        throw worldErrorOf(refusal ?? new Error(`the job ${id} vanished`), "starting a job");
      await runner.pause(pauseBefore(id, attempts++), job.signal);
      continue;
    }
    const failure = jobFailure(ended);
    if (failure === undefined) return { id, job: ended, failure };
    ordinal++;
    const createdMs = numberPart(ended, "statistics", "creationTime");
    if (createdMs !== undefined && createdMs < runner.startedMs - 60_000) continue;
    if (failureClass(failure) === "permanent" || job.signal.aborted || attempts >= runner.retries)
      return { id, job: ended, failure };
    await runner.pause(pauseBefore(id, attempts++), job.signal);
  }
}
