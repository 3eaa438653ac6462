import { retryProject } from "../../app/retry-project.ts";
import { type CallContext, endingCode, type ExitCode } from "../call-context.ts";

/** `retry`: what failed or was skipped the last time, once more. */
export async function answerRetry({ invocation }: CallContext, state: string | undefined): Promise<ExitCode> {
  return endingCode(await retryProject(invocation, { state }));
}
