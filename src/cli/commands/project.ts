import { cleanProject } from "../../app/clean-project.ts";
import { debugProject, type DebugScope } from "../../app/debug-project.ts";
import { parseWholeProject } from "../../app/parse-whole-project.ts";
import { setupProject } from "../../app/setup-project.ts";
import { initProject } from "../../app/init-project.ts";
import { endingCode, type CallContext, type ExitCode } from "../call-context.ts";

/** `clean`: removes what can be made again. */
export async function answerClean({ invocation }: CallContext): Promise<ExitCode> {
  return endingCode(await cleanProject(invocation));
}

/** `parse`: reads the whole project and writes its manifest. */
export async function answerParse({ invocation }: CallContext): Promise<ExitCode> {
  return endingCode(await parseWholeProject(invocation));
}

/** `debug`: says how all is that a run needs. */
export async function answerDebug({ invocation }: CallContext, scope: DebugScope): Promise<ExitCode> {
  return endingCode(await debugProject(invocation, scope));
}

/** `setup`: makes bucket, datasets and the ledger's tables. */
export async function answerSetup({ invocation }: CallContext): Promise<ExitCode> {
  return endingCode(await setupProject(invocation));
}

/** `init`: makes a new project. */
export function answerInit({ invocation }: CallContext, folder: string): ExitCode {
  return endingCode(initProject(invocation, folder));
}
