import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parsePackageHead } from "../compiler/project/parse-package.ts";
import { parseYaml, yamlEntry } from "../compiler/project/parse-yaml.ts";
import type { PackageFiles, ResourceFile } from "../compiler/project/project-files.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import { entryAt } from "./entry-at.ts";
import { isFile } from "./find-project.ts";
import { type FileMemory, readFile } from "./read-file.ts";
import { listFiles } from "./read-project-files.ts";

type Report = (diagnostic: Diagnostic) => void;

/** Tells a project that lists packages of which none is installed, as dbt does. */
function checkInstalled(root: string, { folder, memory }: Reading, report: Report): void {
  const name = ["packages.yml", "dependencies.yml"].find((each) => isFile(join(root, each)));
  if (name === undefined) return;
  const file = readFile(root, name, memory);
  const parsed = parseYaml(file);
  const entry = parsed.ok ? yamlEntry(parsed.value, "packages") : undefined;
  if (entry?.value.kind !== "list" || entry.value.items.length === 0) return;
  report(
    error("packages-not-installed", `The packages of this project are not in "${folder}".`, {
      span: entry.keySpan,
      hint: 'tsdbt reads installed packages and does not install them yet: run "dbt deps", or put them there.',
    }),
  );
}

/** Where packages are installed, and the files of the last time. */
export interface Reading {
  readonly folder: string;
  readonly memory: FileMemory;
}

/** Reads the packages that are installed for a project: each folder with a `dbt_project.yml` is one. */
export function readPackages(root: string, reading: Reading, report: Report): readonly PackageFiles[] {
  const { folder, memory } = reading;
  const isThere = entryAt(join(root, folder))?.isDirectory() === true;
  const names = isThere ? readdirSync(join(root, folder)).sort() : [];
  const folders = names
    .map((name) => `${folder}/${name}`)
    .filter((each) => isFile(join(root, each, "dbt_project.yml")));
  if (folders.length === 0) checkInstalled(root, reading, report);
  return folders.flatMap((each): readonly PackageFiles[] => {
    const project = readFile(root, `${each}/dbt_project.yml`, memory);
    const head = parsePackageHead(project, report);
    if (head === undefined) return [];
    const read = (paths: readonly string[], extensions: readonly string[]): readonly ResourceFile[] =>
      paths.flatMap((path) => {
        const inside = `${each}/${path}`;
        return listFiles(root, inside, extensions).map((file) => ({
          file: readFile(root, file, memory),
          folder: inside,
        }));
      });
    const generic = head.testPaths.map((path) => `${path}/generic`);
    return [
      {
        name: head.name,
        project,
        macros: read([...head.macroPaths, ...generic], [".sql"]),
        built: read(head.builtPaths, [".sql", ".csv"]).map(({ file }) => file),
      },
    ];
  });
}
