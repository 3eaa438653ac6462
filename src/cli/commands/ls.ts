import { type ListOutput, listResources } from "../../app/list-resources.ts";
import type { SelectOptions } from "../../app/select-project.ts";
import type { CallContext, ExitCode } from "../call-context.ts";

/** `ls`: one line a resource. */
export async function answerLs(
  { invocation, answer }: CallContext,
  options: SelectOptions & { readonly output: ListOutput; readonly keys: readonly string[] },
): Promise<ExitCode> {
  const lines = await listResources(invocation, options);
  if (lines === undefined) return 2;
  for (const each of lines) answer(`${each}\n`);
  return 0;
}
