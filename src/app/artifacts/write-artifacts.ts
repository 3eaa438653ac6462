import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DataMap } from "../../domain/data.ts";
import type { Analysis } from "../../domain/exposure.ts";
import type { CompiledModel, CompiledTest } from "../../domain/model.ts";
import type { BatchResult, StepResult } from "../../domain/run-event.ts";
import type { Settings } from "../../domain/settings.ts";
import { WorldError } from "../../domain/world-error.ts";
import type { Invocation } from "../invocation.ts";
import { type OpenProject, resolvePath } from "../open-project.ts";
import {
  artifactPath,
  batchPlace,
  incrementalPath,
  modelPlace,
  type ResourcePlace,
  testPlace,
} from "./artifact-path.ts";
import { manifest } from "./manifest.ts";
import { runResults } from "./run-results.ts";

function isSame(path: string, text: string): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause) return false;
    throw cause;
  }
}

/** Writes a file whole, by rename, and only where its text is another one. */
export function writeWhole(path: string, text: string): void {
  if (isSame(path, text)) return;
  const partial = `${path}.${String(process.pid)}.partial`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partial, text);
    renameSync(partial, path);
  } catch (cause) {
    if (existsSync(partial)) rmSync(partial);
    throw new WorldError("unwritable-file", `The file "${path}" cannot be written.`, {
      hint: cause instanceof Error ? cause.message : "Look at the disk and at the rights on the folder.",
      cause,
    });
  }
}

function targetFolder(root: string, settings: Settings): string {
  return resolvePath(root, settings.targetPath);
}

/** A resource whose compiled text is written. */
export type CompiledText = CompiledModel | CompiledTest | Analysis;

function placeOf(resource: CompiledText): ResourcePlace {
  switch (resource.resourceType) {
    case "test":
      return testPlace(resource);
    case "model":
    case "snapshot":
      return modelPlace(resource);
    case "analysis":
      return resource;
  }
}

/** Writes what resources were compiled to, and removes the incremental text of models that have none any more. */
export function writeCompiled({ root, project }: OpenProject, resources: readonly CompiledText[]): void {
  const folder = targetFolder(root, project.settings);
  for (const resource of resources) {
    const place = placeOf(resource);
    const path = join(folder, artifactPath("compiled", place));
    // What asks the warehouse stands empty until it has been compiled in a run.
    if (resource.resourceType === "test") {
      if (resource.rows.text !== "") writeWhole(path, `${resource.rows.text}\n`);
    } else if (resource.resourceType === "analysis") writeWhole(path, `${resource.query.text.text}\n`);
    else if (resource.full.text.text !== "") {
      writeWhole(path, `${resource.full.text.text}\n`);
      if (resource.incremental === undefined) rmSync(incrementalPath(path), { force: true });
      else writeWhole(incrementalPath(path), `${resource.incremental.text.text}\n`);
    }
  }
}

/** Writes `manifest.json`. */
export function writeManifest(opened: OpenProject, invocation: Invocation): void {
  if (!invocation.writesArtifacts) return;
  const { settings } = opened.project;
  writeWhole(join(targetFolder(opened.root, settings), "manifest.json"), JSON.stringify(manifest(opened, invocation)));
}

/** How the steps of a run ended, and results of earlier runs that stay in the record. */
export interface RunRecord {
  readonly results: readonly StepResult[];
  readonly carried?: readonly DataMap[] | undefined;
}

/** Writes what a batch was compiled to and the statements that it sent, each a file of its own below the model. */
function writeBatch(folder: string, place: ResourcePlace, { work, ending, statements }: BatchResult): void {
  const own = batchPlace(place, work.name);
  if ("compiled" in ending && ending.compiled !== undefined)
    writeWhole(join(folder, artifactPath("compiled", own)), `${ending.compiled.text}\n`);
  if (statements.length > 0) writeWhole(join(folder, artifactPath("run", own)), `${statements.join(";\n\n")};\n`);
}

/** Writes all that a run leaves behind: the manifest, what was compiled, the statements that were sent, the results. */
export function writeRunArtifacts(
  opened: OpenProject,
  { results, carried = [] }: RunRecord,
  invocation: Invocation,
): void {
  const { project, root } = opened;
  const folder = targetFolder(root, project.settings);
  const ran = new Set(results.map(({ step }) => step.id));
  const resources = [...project.models, ...project.tests].filter(({ uniqueId }) => ran.has(uniqueId));
  writeManifest(opened, invocation);
  writeCompiled(opened, resources);
  const places = new Map<string, ResourcePlace>([
    ...resources.map((resource) => [resource.uniqueId, placeOf(resource)] as const),
    // Their property file may be that of generic tests too.
    ...project.unitTests.map((test) => [test.uniqueId, { ...test, alias: test.name }] as const),
  ]);
  for (const { step, ending, statements, batches } of results) {
    if (step.path !== undefined)
      for (const batch of batches ?? [])
        writeBatch(folder, { packageName: project.settings.name, path: step.path }, batch);
    if (step.path !== undefined && "compiled" in ending && ending.compiled !== undefined) {
      const place = places.get(step.id) ?? { packageName: project.settings.name, path: step.path };
      writeWhole(join(folder, artifactPath("compiled", place)), `${ending.compiled.text}\n`);
    }
    if (step.path === undefined || statements.length === 0) continue;
    const alias = step.kind === "hook" ? `hooks/${step.name}` : undefined;
    const resource = places.get(step.id) ?? { packageName: project.settings.name, path: step.path, alias };
    writeWhole(join(folder, artifactPath("run", resource)), `${statements.join(";\n\n")};\n`);
  }
  if (!invocation.writesArtifacts) return;
  writeWhole(join(folder, "run_results.json"), JSON.stringify(runResults({ results, carried }, invocation)));
}
