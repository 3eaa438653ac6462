import { type ListOutput, listResources } from "../../app/list-resources.ts";
import type { SelectOptions } from "../../app/select-project.ts";
import { type ResourceType, resourceTypes } from "../../domain/selection-terms.ts";
import type { CallContext, ExitCode } from "../call-context.ts";

/** Analyses are listed where they are asked for by their type, as in dbt. */
const listedTypes: readonly ResourceType[] = resourceTypes.filter((type) => type !== "analysis");

/** `ls`: one line a resource. */
export async function answerLs(
  { invocation, answer }: CallContext,
  options: SelectOptions & { readonly output: ListOutput; readonly keys: readonly string[] },
): Promise<ExitCode> {
  const types = options.onlyTypes ?? listedTypes;
  const lines = await listResources(invocation, { ...options, resourceTypes: types });
  if (lines === undefined) return 2;
  for (const each of lines) answer(`${each}\n`);
  return 0;
}
