import { rmSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openProject } from "./open-project.ts";

function isBelow(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && resolve(root, inside) === path;
}

/** Removes the folders that `clean-targets` names. A path outside the project, or one that holds its files or data, is refused. */
export async function cleanProject(invocation: Invocation): Promise<Ending> {
  const { root, project, diagnostics } = await openProject(invocation);
  if (project === undefined) {
    invocation.emit({ kind: "diagnosed", diagnostics });
    return "refusal";
  }
  const { settings, sources } = project;
  const kept = [
    ...settings.modelPaths,
    ...settings.seedPaths,
    ...settings.macroPaths,
    settings.target.path,
    ...sources.flatMap(({ ingest }) => (ingest === undefined ? [] : [ingest.from, ingest.to])),
  ].map((path) => resolve(root, path));
  const refused = settings.cleanTargets.flatMap((target): readonly Diagnostic[] => {
    const path = resolve(root, target);
    if (!isBelow(root, path))
      return [error("clean-target", `"${target}" is outside of the project and is not removed.`)];
    const held = kept.find((each) => each === path || isBelow(path, each));
    return held === undefined
      ? []
      : [error("clean-target", `"${target}" holds "${relative(root, held)}" and is not removed.`)];
  });
  if (refused.length > 0) {
    invocation.emit({ kind: "diagnosed", diagnostics: refused });
    return "refusal";
  }
  for (const target of settings.cleanTargets) {
    const path = resolve(root, target);
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    rmSync(path, { recursive: true, force: true });
    invocation.emit({ kind: "said", message: isThere ? `Removed ${target}` : `There is no ${target}` });
  }
  return "success";
}
