import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { ProjectFiles, ResourceFile } from "../compiler/project/project-files.ts";
import type { Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { WorldError } from "../domain/world-error.ts";

/** The name of a project's own file. */
export const projectFileName = "project.yml";

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The folder of the project: the given one, or the nearest with a project file, from `folder` upward. */
export function findProject(folder: string, given: string | undefined): string {
  if (given !== undefined) {
    if (isFile(join(given, projectFileName))) return given;
    const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
    throw new WorldError(
      "no-project",
      isFolder ? `There is no "${projectFileName}" in "${given}".` : `There is no folder "${given}".`,
      { hint: 'Make a project by "tsdbt init", or give its folder by --project-dir.' },
    );
  }
  for (let here = folder; ; here = dirname(here)) {
    if (isFile(join(here, projectFileName))) return here;
    if (dirname(here) === here) break;
  }
  throw new WorldError("no-project", `There is no "${projectFileName}" in "${folder}" or any folder above it.`, {
    hint: 'Make a project by "tsdbt init", or give its folder by --project-dir.',
  });
}

/** Files that were read before keep their identity while their text is the same, so that what was made of them can be kept. */
export type FileMemory = Map<string, SourceFile>;

function readFile(root: string, path: string, memory: FileMemory): SourceFile {
  let text: string;
  try {
    text = readFileSync(join(root, path), "utf8");
  } catch (cause) {
    throw new WorldError("unreadable-file", `The file "${path}" cannot be read.`, {
      hint: cause instanceof Error ? cause.message : undefined,
      cause,
    });
  }
  const known = memory.get(path);
  if (known?.text === text) return known;
  const file = { path, text: text.startsWith("\uFEFF") ? text.slice(1) : text };
  memory.set(path, file);
  return file;
}

/** All files below a folder of the project with one of the extensions, sorted by path; a folder that is not there has none. */
function listFiles(root: string, folder: string, extensions: readonly string[]): readonly string[] {
  const top = join(root, folder);
  if (statSync(top, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
    .sort();
}

/** The project's own file. */
export function readProjectFile(root: string, memory: FileMemory): SourceFile {
  return readFile(root, projectFileName, memory);
}

/** All files that a project consists of. */
export function readProjectFiles(
  root: string,
  settings: Pick<Settings, "modelPaths" | "macroPaths" | "seedPaths">,
  memory: FileMemory,
): ProjectFiles {
  const read = (folders: readonly string[], extension: string): readonly ResourceFile[] =>
    [...new Set(folders)].flatMap((folder) =>
      listFiles(root, folder, [extension]).map((path) => ({ file: readFile(root, path, memory), folder })),
    );
  const folders = [...settings.modelPaths, ...settings.seedPaths, ...settings.macroPaths];
  const properties = new Set([
    ...["sources.yml", "sources.yaml"].filter((path) => isFile(join(root, path))),
    ...folders.flatMap((folder) => listFiles(root, folder, [".yml", ".yaml"])),
  ]);
  return {
    project: readProjectFile(root, memory),
    properties: [...properties].map((path) => readFile(root, path, memory)),
    models: read(settings.modelPaths, ".sql"),
    macros: read(settings.macroPaths, ".sql"),
    seeds: read(settings.seedPaths, ".csv"),
  };
}
