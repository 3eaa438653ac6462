import type { CompiledModel, CompiledTest } from "../domain/model.ts";
import { writeCompiled, writeManifest } from "./artifacts/write-artifacts.ts";
import type { Invocation } from "./invocation.ts";
import { openSoundProject } from "./open-project.ts";
import { type SelectOptions, selectProject } from "./select-project.ts";

/** The text of one compiled resource; `incremental` only where it differs. */
export interface CompiledText {
  readonly kind: "model" | "test";
  readonly name: string;
  readonly full: string;
  readonly incremental: string | undefined;
}

function textOf(resource: CompiledModel | CompiledTest): CompiledText {
  if (resource.resourceType === "test")
    return { kind: "test", name: resource.name, full: resource.query.text.text, incremental: undefined };
  return {
    kind: "model",
    name: resource.name,
    full: resource.full.text.text,
    incremental: resource.incremental?.text.text,
  };
}

/** Compiles a project, writes the texts of what is selected below the target folder and gives them. No warehouse is touched. */
export async function compileToTarget(
  invocation: Invocation,
  options: SelectOptions,
): Promise<readonly CompiledText[] | undefined> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return undefined;
  const selected = selectProject(opened.project, options, invocation.emit);
  if (!selected.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: selected.diagnostics });
    return undefined;
  }
  const resources = selected.value.filter(
    (resource): resource is CompiledModel | CompiledTest =>
      resource.resourceType === "model" || resource.resourceType === "test",
  );
  writeCompiled(opened, resources);
  writeManifest(opened, invocation);
  return resources.map(textOf);
}
