import { type FreshnessOptions, sourceFreshness } from "../../app/source-freshness.ts";
import { type CallContext, endingCode, type ExitCode } from "../call-context.ts";

/** `source freshness`: how old the newest rows of sources are. */
export async function answerFreshness({ invocation }: CallContext, options: FreshnessOptions): Promise<ExitCode> {
  return endingCode(await sourceFreshness(invocation, options));
}
