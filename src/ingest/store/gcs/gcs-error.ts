import { WorldError } from "../../../domain/world-error.ts";

/** What was tried when Cloud Storage, or the way there, refused. */
export interface GcsAttempt {
  readonly doing: "list" | "read" | "write" | "remove";
  /** The address of an object or of a bucket. */
  readonly uri: string;
}

const passing: ReadonlySet<unknown> = new Set([408, 429, 500, 502, 503, 504]);

/** The status of an answer, or the code of the system's refusal; `undefined` for what comes from elsewhere. */
export function answerCode(error: unknown): number | string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code === "number") return code;
  if (typeof code !== "string") return undefined;
  return /^\d+$/u.test(code) ? Number(code) : code;
}

const lostWays: readonly string[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_STREAM_PREMATURE_CLOSE",
];

/** Turns what the client library throws into a `WorldError` in one sentence; what is not the world's stays as it is. */
export function gcsError(error: unknown, { doing, uri }: GcsAttempt): unknown {
  if (!(error instanceof Error) || error instanceof WorldError) return error;
  const code = answerCode(error);
  if (/default credentials/iu.test(error.message))
    return new WorldError("no-credentials", "There are no Google credentials to reach Cloud Storage with.", {
      hint: 'Run "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS.',
      cause: error,
    });
  if (code === 401 || code === 403 || error.message.includes("invalid_grant"))
    return new WorldError("no-permission", `Cloud Storage refuses to ${doing} ${uri}.`, {
      hint: `Give the account the right to ${doing} objects there: ${oneLine(error.message)}`,
      cause: error,
    });
  if (code === 404)
    return new WorldError("missing-bucket", `There is no bucket for ${uri}.`, {
      hint: "Create it, or correct the address in the project's settings.",
      cause: error,
    });
  if (passing.has(code) || (typeof code === "string" && lostWays.includes(code)))
    return new WorldError("storage-unreachable", `Cloud Storage did not ${doing} ${uri} (${String(code)}).`, {
      hint: oneLine(error.message),
      isRetryable: true,
      cause: error,
    });
  if (code === undefined) return error;
  return new WorldError("storage-refused", `Cloud Storage refused to ${doing} ${uri} (${String(code)}).`, {
    hint: oneLine(error.message),
    cause: error,
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
