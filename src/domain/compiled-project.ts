import type { Diagnostic } from "./diagnostic.ts";
import type { Analysis, DocBlock, Exposure, Group } from "./exposure.ts";
import type { CompiledModel, CompiledTest, Materialization, Resource, Seed, Source } from "./model.ts";
import type { CommentOf } from "./query-comment.ts";
import type { Relation } from "./relation.ts";
import type { RunHook } from "./run-hook.ts";
import type { Selector } from "./selection-terms.ts";
import type { SourceFreshness } from "./freshness.ts";
import type { Settings } from "./settings.ts";
import type { CompiledUnitTest } from "./unit-test.ts";
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
  readonly unitTests: readonly CompiledUnitTest[];
  readonly broken: readonly BrokenResource[];
  readonly analyses: readonly Analysis[];
  readonly exposures: readonly Exposure[];
  readonly groups: readonly Group[];
  readonly docs: readonly DocBlock[];
  readonly selectors: readonly Selector[];
  readonly macros: readonly MacroResource[];
  /** The sources whose age is limited. */
  readonly freshness: readonly SourceFreshness[];
  readonly commentOf: CommentOf;
  /** What runs before and after a run, in order. */
  readonly runHooks: readonly RunHook[];
  /** Unique ids of resources that are switched off. */
  readonly disabled: readonly string[];
}

/**
 * A resource that could not be compiled: for what is wrong with itself (`reasons`), or because it waits for others that
 * could not be (`waitsFor`, unique ids). What else is in the project can run.
 */
export interface BrokenResource extends Resource {
  readonly resourceType: "broken";
  readonly kind: "model" | "snapshot" | "seed" | "test";
  readonly file: SourceFile;
  readonly relation: Relation;
  /** How a model would become a relation. */
  readonly materialized: Materialization["kind"] | undefined;
  /** The generic test that a test applies. */
  readonly test: string | undefined;
  readonly dependsOn: readonly string[];
  readonly reasons: readonly Diagnostic[];
  readonly waitsFor: readonly string[];
}

/** A resource of a compiled project. */
export type CompiledResource =
  Source | Seed | CompiledModel | CompiledTest | CompiledUnitTest | Analysis | Exposure | BrokenResource;

/** All resources of a project: sources, seeds, models, tests, analyses, exposures, and those that could not be compiled. */
export function resourcesOf(project: CompiledProject): readonly CompiledResource[] {
  const { sources, seeds, models, tests, unitTests, analyses, exposures, broken } = project;
  return [...sources, ...seeds, ...models, ...tests, ...unitTests, ...analyses, ...exposures, ...broken];
}

/** What a resource reads. */
export function dependenciesOf(resource: CompiledResource): readonly string[] {
  switch (resource.resourceType) {
    case "source":
    case "seed":
      return [];
    case "model":
    case "snapshot":
    case "test":
    case "unit_test":
    case "broken":
    case "analysis":
    case "exposure":
      return resource.dependsOn;
  }
}
