import { realpathSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { CompiledProject } from "../domain/compiled-project.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import { WorldError } from "../domain/world-error.ts";
import { entryAt } from "./entry-at.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openProject } from "./open-project.ts";

function isBelow(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && resolve(folder, inside) === path;
}

/** Where a path really lies: links on the way are followed, and a link at its end is not, for it is the link that goes. */
function realPlace(path: string): string {
  const parent = dirname(path);
  return entryAt(parent) === undefined ? path : join(realpathSync(parent), basename(path));
}

/** What cannot be made again: the author's files, the database, the raw pulls and what was staged of them. */
function keptPlaces(root: string, { settings, sources }: CompiledProject): readonly string[] {
  const paths = [
    ...settings.modelPaths,
    ...settings.seedPaths,
    ...settings.macroPaths,
    ...(settings.target.type === "duckdb" ? [settings.target.path] : []),
    ...sources.flatMap(({ ingest }) => (ingest === undefined ? [] : [ingest.from, ingest.to])),
  ].map((path) => resolve(root, path));
  return paths.flatMap((path) => [realPlace(path), ...(entryAt(path) === undefined ? [] : [realpathSync(path)])]);
}

function refuseTarget(root: string, target: string, kept: readonly string[]): Diagnostic | undefined {
  const place = realPlace(resolve(root, target));
  if (!isBelow(root, place)) return error("clean-target", `"${target}" is not inside the project and is not removed.`);
  const held = kept.find((each) => each === place || isBelow(place, each));
  if (held !== undefined)
    return error("clean-target", `"${target}" holds "${relative(root, held)}" and is not removed.`);
  const holder = kept.find((each) => each !== root && isBelow(each, place));
  if (holder === undefined) return undefined;
  return error("clean-target", `"${target}" lies in "${relative(root, holder)}" and is not removed.`);
}

function remove(root: string, target: string): string {
  const path = resolve(root, target);
  if (entryAt(path) === undefined) return `There is no ${target}`;
  try {
    rmSync(path, { recursive: true });
  } catch (cause) {
    const hint = cause instanceof Error ? cause.message : undefined;
    throw new WorldError("unwritable-file", `The folder "${target}" cannot be removed.`, { hint, cause });
  }
  return `Removed ${target}`;
}

/** Removes the folders that `clean-targets` names: all of them, or none where one is outside the project or has its files or data. */
export async function cleanProject(invocation: Invocation): Promise<Ending> {
  const { root: given, project, diagnostics } = await openProject(invocation);
  if (project === undefined) {
    invocation.emit({ kind: "diagnosed", diagnostics });
    return "refusal";
  }
  const root = realpathSync(given);
  const targets = project.settings.cleanTargets;
  const kept = keptPlaces(root, project);
  const refused = targets.flatMap((target) => refuseTarget(root, target, kept) ?? []);
  if (refused.length > 0) {
    invocation.emit({ kind: "diagnosed", diagnostics: refused });
    return "refusal";
  }
  for (const target of targets) invocation.emit({ kind: "said", message: remove(root, target) });
  return "success";
}
