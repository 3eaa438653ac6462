import { dirname, join } from "node:path";
import { WorldError } from "../domain/world-error.ts";
import { entryAt } from "./entry-at.ts";

/** The names of a project's own file: tsdbt's, and dbt's. Where a folder has both, the first counts. */
export const projectFileNames = ["project.yml", "dbt_project.yml"] as const;

/** One of `projectFileNames`. */
export type ProjectFileName = (typeof projectFileNames)[number];

/** Whether there is a file at a path, links followed. */
export function isFile(path: string): boolean {
  return entryAt(path)?.isFile() === true;
}

/** The name of the project file that a folder has, if it has one. */
export function projectFileIn(folder: string): ProjectFileName | undefined {
  return projectFileNames.find((name) => isFile(join(folder, name)));
}

const wanted = projectFileNames.map((name) => `"${name}"`).join(" or ");

const hint = 'Make a project by "tsdbt init", or give its folder by --project-dir.';

/** The folder of the project: the given one, or the nearest with a project file, from `folder` upward. */
export function findProject(folder: string, given: string | undefined): string {
  if (given !== undefined) {
    if (projectFileIn(given) !== undefined) return given;
    const isFolder = entryAt(given)?.isDirectory() === true;
    const message = isFolder ? `There is no ${wanted} in "${given}".` : `There is no folder "${given}".`;
    throw new WorldError("no-project", message, { hint });
  }
  for (let here = folder; ; here = dirname(here)) {
    if (projectFileIn(here) !== undefined) return here;
    if (dirname(here) === here) break;
  }
  throw new WorldError("no-project", `There is no ${wanted} in "${folder}" or any folder above it.`, { hint });
}
