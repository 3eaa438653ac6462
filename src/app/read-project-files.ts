import { type Dirent, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ProjectFiles, ResourceFile } from "../compiler/project/project-files.ts";
import type { Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { WorldError } from "../domain/world-error.ts";
import { entryAt } from "./entry-at.ts";

/** The name of a project's own file. */
export const projectFileName = "project.yml";

function isFile(path: string): boolean {
  return entryAt(path)?.isFile() === true;
}

/** The folder of the project: the given one, or the nearest with a project file, from `folder` upward. */
export function findProject(folder: string, given: string | undefined): string {
  if (given !== undefined) {
    if (isFile(join(given, projectFileName))) return given;
    const isFolder = entryAt(given)?.isDirectory() === true;
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

/** Bytes that are no text are refused, not replaced; a byte order mark is no part of the text. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

function unreadable(path: string, cause: unknown): WorldError {
  const hint = cause instanceof TypeError ? "It is not UTF-8." : cause instanceof Error ? cause.message : undefined;
  return new WorldError("unreadable-file", `The file "${path}" cannot be read.`, { hint, cause });
}

function readFile(root: string, path: string, memory: FileMemory): SourceFile {
  let text: string;
  try {
    text = utf8.decode(readFileSync(resolve(root, path)));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const known = memory.get(path);
  if (known?.text === text) return known;
  const file = { path, text };
  memory.set(path, file);
  return file;
}

function readFolder(root: string, folder: string): readonly Dirent[] {
  try {
    return readdirSync(resolve(root, folder), { withFileTypes: true });
  } catch (cause) {
    throw new WorldError("unreadable-file", `The folder "${folder}" cannot be read.`, {
      hint: cause instanceof Error ? cause.message : undefined,
      cause,
    });
  }
}

/**
 * All files below a folder of the project with one of the extensions, sorted by path; a folder that is not there has none.
 * Links are followed, as in dbt; what is hidden by a dot is passed over.
 */
function listFiles(root: string, folder: string, extensions: readonly string[]): readonly string[] {
  const found: string[] = [];
  const visit = (path: string, above: readonly string[]): void => {
    const real = realpathSync(resolve(root, path));
    // A link may lead to a folder that it is in.
    if (above.includes(real)) return;
    for (const entry of readFolder(root, path)) {
      if (entry.name.startsWith(".")) continue;
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      const target = entry.isSymbolicLink() ? entryAt(resolve(root, inner)) : entry;
      if (target?.isDirectory() === true) visit(inner, [...above, real]);
      else if (target?.isFile() === true && extensions.some((extension) => inner.endsWith(extension)))
        found.push(inner);
    }
  };
  if (entryAt(resolve(root, folder))?.isDirectory() === true) visit(folder, []);
  return found.sort();
}

/** A folder as paths of files below it begin: relative to the root, with `/`, however the project file writes it. */
function plainFolder(root: string, folder: string): string {
  return relative(root, resolve(root, folder)).split(sep).join("/");
}

/** The project's own file. */
export function readProjectFile(root: string, memory: FileMemory): SourceFile {
  return readFile(root, projectFileName, memory);
}

/** All files that a project consists of. */
export function readProjectFiles(
  root: string,
  settings: Pick<Settings, "modelPaths" | "macroPaths" | "seedPaths" | "testPaths">,
  memory: FileMemory,
): ProjectFiles {
  const read = (folders: readonly string[], extension: string): readonly ResourceFile[] =>
    [...new Set(folders.map((folder) => plainFolder(root, folder)))].flatMap((folder) =>
      listFiles(root, folder, [extension]).map((path) => ({ file: readFile(root, path, memory), folder })),
    );
  const generic = settings.testPaths.map((folder) => `${folder}/generic`);
  const macros = read([...settings.macroPaths, ...generic], ".sql");
  const isMacro = new Set(macros.map(({ file }) => file));
  const others = read([...settings.testPaths, "snapshots"], ".sql").map(({ file }) => file);
  const folders = [...settings.modelPaths, ...settings.seedPaths, ...settings.macroPaths, ...settings.testPaths];
  const properties = new Set([
    ...["sources.yml", "sources.yaml"].filter((path) => isFile(join(root, path))),
    ...folders.flatMap((folder) => listFiles(root, plainFolder(root, folder), [".yml", ".yaml"])),
  ]);
  return {
    project: readProjectFile(root, memory),
    properties: [...properties].map((path) => readFile(root, path, memory)),
    models: read(settings.modelPaths, ".sql"),
    macros,
    seeds: read(settings.seedPaths, ".csv"),
    unread: others.filter((file) => !isMacro.has(file)),
  };
}
