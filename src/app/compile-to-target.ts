import type { CompiledModel, CompiledTest } from "../domain/model.ts";
import { writeCompiled, writeManifest } from "./artifacts/write-artifacts.ts";
import type { Invocation } from "./invocation.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";

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
  const project = await openSelected(invocation, options);
  if (project === undefined) return undefined;
  const { opened, selected } = project;
  const resources = selected.filter(
    (resource): resource is CompiledModel | CompiledTest =>
      resource.resourceType === "model" || resource.resourceType === "test",
  );
  writeCompiled(opened, resources);
  writeManifest(opened, invocation);
  return resources.map(textOf);
}
