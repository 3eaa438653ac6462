import { type Dirent, readdirSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { ResourcePaths } from "../compiler/project/project-file.ts";
import type { ProjectFiles, ResourceFile } from "../compiler/project/project-files.ts";
import type { ProjectHead } from "../domain/project-head.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { WorldError } from "../domain/world-error.ts";
import { entryAt } from "./entry-at.ts";
import { isFile } from "./find-project.ts";
import { type FileMemory, readFile } from "./read-file.ts";

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

/** All folders that property files may lie in, and those of templates. */
export function resourceFolders(settings: ResourcePaths): readonly string[] {
  const { modelPaths, macroPaths, seedPaths, testPaths, snapshotPaths, analysisPaths } = settings;
  return [...modelPaths, ...seedPaths, ...macroPaths, ...testPaths, ...snapshotPaths, ...analysisPaths];
}

const selectorsName = "selectors.yml";

/** Property files at the root of a project of tsdbt's own. */
export const rootPropertyFiles: readonly string[] = ["sources.yml", "sources.yaml"];

/** A project or an installed package, as far as its files lie where it says. */
export interface FileHolder {
  readonly project: SourceFile;
  readonly settings: ResourcePaths;
  /** Property files beside the project file. */
  readonly atRoot: readonly string[];
}

/** All files that a project consists of. */
export function readProjectFiles(
  root: string,
  { head, settings }: { readonly head: ProjectHead; readonly settings: ResourcePaths },
  memory: FileMemory,
): ProjectFiles {
  const atRoot = head.kind === "own" ? rootPropertyFiles : [];
  return {
    ...readResourceFiles(root, { project: head.project, settings, atRoot }, memory),
    selectors: isFile(join(root, selectorsName)) ? readFile(root, selectorsName, memory) : undefined,
  };
}

/** All files of resources that a project or a package consists of. */
export function readResourceFiles(
  root: string,
  { project, settings, atRoot }: FileHolder,
  memory: FileMemory,
): Omit<ProjectFiles, "packages" | "selectors"> {
  const read = (folders: readonly string[], extension: string): readonly ResourceFile[] =>
    [...new Set(folders.map((folder) => plainFolder(root, folder)))].flatMap((folder) =>
      listFiles(root, folder, [extension]).map((path) => ({ file: readFile(root, path, memory), folder })),
    );
  const generic = settings.testPaths.map((folder) => `${folder}/generic`);
  const macros = read([...settings.macroPaths, ...generic], ".sql");
  const isMacro = new Set(macros.map(({ file }) => file));
  const fixtureFolders = settings.testPaths.map((folder) => `${folder}/fixtures`);
  const fixtures = [...read(fixtureFolders, ".csv"), ...read(fixtureFolders, ".sql")];
  const isFixture = new Set(fixtures.map(({ file }) => file));
  const properties = new Set([
    ...atRoot.filter((path) => isFile(join(root, path))),
    ...resourceFolders(settings).flatMap((folder) => listFiles(root, plainFolder(root, folder), [".yml", ".yaml"])),
  ]);
  return {
    project,
    properties: [...properties].map((path) => readFile(root, path, memory)),
    models: read(settings.modelPaths, ".sql"),
    macros,
    analyses: read(settings.analysisPaths, ".sql"),
    docs: read(resourceFolders(settings), ".md").map(({ file }) => file),
    seeds: read(settings.seedPaths, ".csv"),
    tests: read(settings.testPaths, ".sql").filter(({ file }) => !isMacro.has(file) && !isFixture.has(file)),
    fixtures,
    snapshots: read(settings.snapshotPaths, ".sql"),
  };
}
