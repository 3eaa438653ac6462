import type { CompiledProject } from "../domain/compiled-project.ts";
import { type CompiledText, writeCompiled, writeManifest } from "./artifacts/write-artifacts.ts";
import { compileAsked } from "./compile-asked.ts";
import type { Invocation } from "./invocation.ts";
import { inlineName } from "./open-project.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";

/** What was compiled: what is selected, in the project that it is a part of. */
export interface CompiledSelection {
  readonly project: CompiledProject;
  readonly resources: readonly CompiledText[];
}

/**
 * Compiles a project, writes the texts of what is selected below the target folder and gives it. A warehouse is only looked at
 * where one of them asks it. A query of the command line is no part of the project: nothing is written for it.
 */
export async function compileToTarget(
  invocation: Invocation,
  { inline, ...options }: SelectOptions & { readonly inline?: string | undefined },
): Promise<CompiledSelection | undefined> {
  const asked = inline === undefined ? options : { ...options, select: [inlineName], inline };
  const project = await openSelected(invocation, asked);
  if (project === undefined) return undefined;
  const { opened, selected } = project;
  const resources = selected.filter((resource): resource is CompiledText => {
    const { resourceType } = resource;
    return resourceType === "model" || resourceType === "test" || resourceType === "analysis";
  });
  const compiled = await compileAsked(opened, resources, invocation);
  if (!compiled.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: compiled.diagnostics });
    return undefined;
  }
  if (inline !== undefined) return { project: opened.project, resources: compiled.value };
  writeCompiled(opened, compiled.value);
  writeManifest(opened, invocation);
  return { project: opened.project, resources: compiled.value };
}
