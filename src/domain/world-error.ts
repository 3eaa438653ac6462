/**
 * A failure of the world outside: a locked file, a full disk, a lost connection. Adapters throw it; whoever drives them
 * retries it or shows it. `message` is one sentence with a full stop, `hint` what the person at the keyboard can do.
 */
export class WorldError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** Whether the same call may succeed when it is simply made again. */
  readonly isRetryable: boolean;

  constructor(
    code: string,
    message: string,
    details: { readonly hint?: string | undefined; readonly isRetryable?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = "WorldError";
    this.code = code;
    this.hint = details.hint;
    this.isRetryable = details.isRetryable ?? false;
  }
}
