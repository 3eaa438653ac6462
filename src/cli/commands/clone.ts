import { cloneProject, type CloneOptions } from "../../app/clone-project.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";

/** `clone`: puts pointers to what stands elsewhere under the project's own names. */
export async function answerClone({ invocation }: CallContext, options: CloneOptions): Promise<ExitCode> {
  return endingCode(await cloneProject(invocation, options));
}
