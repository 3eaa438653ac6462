import type { CompiledModel, CompiledTest, Seed, Source } from "./model.ts";
import type { RunHook } from "./run-hook.ts";
import type { Settings } from "./settings.ts";
import type { SourceFile } from "./source-file.ts";

/** A macro of the project. */
export interface MacroResource {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly file: SourceFile;
  readonly text: string;
}

/** A project whose references are linked and whose queries are rendered and translated. Models come after what they read. */
export interface CompiledProject {
  readonly settings: Settings;
  readonly sources: readonly Source[];
  readonly seeds: readonly Seed[];
  readonly models: readonly CompiledModel[];
  readonly tests: readonly CompiledTest[];
  readonly macros: readonly MacroResource[];
  /** What runs before and after a run, in order. */
  readonly runHooks: readonly RunHook[];
  /** Unique ids of resources that are switched off. */
  readonly disabled: readonly string[];
}

/** A resource of a compiled project. */
export type CompiledResource = Source | Seed | CompiledModel | CompiledTest;

/** All resources of a project: sources, seeds, models, tests. */
export function resourcesOf(project: CompiledProject): readonly CompiledResource[] {
  return [...project.sources, ...project.seeds, ...project.models, ...project.tests];
}

/** What a resource reads. */
export function dependenciesOf(resource: CompiledResource): readonly string[] {
  switch (resource.resourceType) {
    case "source":
    case "seed":
      return [];
    case "model":
    case "test":
      return resource.dependsOn;
  }
}
