import pRetry from "p-retry";
import { WorldError } from "../../../domain/world-error.ts";
import { type GcsAttempt, gcsError } from "./gcs-error.ts";

/** How often something is tried again, and how long is waited at most before it: a pause doubles each time, with jitter. */
export interface Patience {
  readonly retries: number;
  readonly minTimeout: number;
  readonly maxTimeout: number;
  /** The same for the client's own upload in parts, in seconds; its first pause is one second. */
  readonly parts: { readonly maxRetries: number; readonly maxRetryDelay: number };
}

/** Ten minutes or so with Google (https://cloud.google.com/storage/docs/retry-strategy); no time at all with an emulator. */
export function patienceOf(endpoint: string | undefined): Patience {
  const [minTimeout, maxTimeout] = endpoint === undefined ? [1000, 32_000] : [1, 10];
  const retries = endpoint === undefined ? 20 : 6;
  return {
    retries,
    minTimeout,
    maxTimeout,
    parts: { maxRetries: retries, maxRetryDelay: Math.max(1, maxTimeout / 1000) },
  };
}

/** Something that is done to a store, and with how much patience. */
export interface Attempted<T> {
  readonly patience: Patience;
  readonly run: () => Promise<T>;
}

/** Does something until it is done, or is refused for good: a `WorldError` then says so. */
export async function attempt<T>(what: GcsAttempt, { patience, run }: Attempted<T>): Promise<T> {
  const once = async (): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw gcsError(error, what);
    }
  };
  const { retries, minTimeout, maxTimeout } = patience;
  return pRetry(once, {
    retries,
    minTimeout,
    maxTimeout,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof WorldError && error.isRetryable,
  });
}
