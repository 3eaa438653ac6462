import { runProject, type RunOptions } from "../../app/run-project.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";

/** `build`, `run`, `test` and `seed`: the same work on other resources. */
export async function answerRun({ invocation }: CallContext, options: RunOptions): Promise<ExitCode> {
  return endingCode(await runProject(invocation, options));
}
