import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parsePackage } from "../compiler/project/parse-package.ts";
import type { ParsedSettings } from "../compiler/project/parse-settings.ts";
import { parseYaml, yamlEntry } from "../compiler/project/parse-yaml.ts";
import type { PackageFiles } from "../compiler/project/project-files.ts";
import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { InstalledPackage, Inputs, Settings } from "../domain/settings.ts";
import { entryAt } from "./entry-at.ts";
import { isFile } from "./find-project.ts";
import { type FileMemory, readFile } from "./read-file.ts";
import { readResourceFiles } from "./read-project-files.ts";

/** The files that list a project's packages; where it has both, the first counts. */
export const packageListNames = ["packages.yml", "dependencies.yml"] as const;

type Report = (diagnostic: Diagnostic) => void;

/** Tells a project of packages that it lists and that are not installed, as dbt does. */
function checkInstalled(
  root: string,
  { reading, count }: { readonly reading: Reading; readonly count: number },
  report: Report,
): void {
  const name = packageListNames.find((each) => isFile(join(root, each)));
  if (name === undefined) return;
  const parsed = parseYaml(readFile(root, name, reading.memory));
  const entry = parsed.ok ? yamlEntry(parsed.value, "packages") : undefined;
  if (entry?.value.kind !== "list" || entry.value.items.length <= count) return;
  const { length } = entry.value.items;
  report(
    error(
      "packages-not-installed",
      `The project lists ${length} package${length === 1 ? "" : "s"}, and ${count} ${count === 1 ? "is" : "are"} in "${reading.settings.packagesPath}".`,
      { span: entry.keySpan, hint: 'Run "tsdbt deps".' },
    ),
  );
}

function folderOf({ settings }: ParsedSettings): string {
  return settings.packages?.[settings.name]?.folder ?? "";
}

/** What packages are read with. */
export interface Reading {
  readonly settings: Settings;
  readonly inputs: Inputs;
  /** The files of the last time. */
  readonly memory: FileMemory;
}

/** The packages of a project: what their project files say, and their files. */
export interface ReadPackages {
  /** The settings of the project, which know its packages. */
  readonly settings: Settings;
  readonly parsed: ReadonlyMap<string, ParsedSettings>;
  readonly files: readonly PackageFiles[];
}

/** Reads the packages that are installed for a project: each folder with a `dbt_project.yml` is one. */
export function readPackages(root: string, reading: Reading, report: Report): ReadPackages {
  const { settings, inputs, memory } = reading;
  const { packagesPath } = settings;
  const isThere = entryAt(join(root, packagesPath))?.isDirectory() === true;
  const folders = (isThere ? readdirSync(join(root, packagesPath)).sort() : [])
    .map((name) => `${packagesPath}/${name}`)
    .filter((each) => isFile(join(root, each, "dbt_project.yml")));
  checkInstalled(root, { reading, count: folders.length }, report);
  const parsed = new Map<string, ParsedSettings>();
  for (const folder of folders) {
    const project = readFile(root, `${folder}/dbt_project.yml`, memory);
    const read = parsePackage(project, { folder, settings, inputs }, report);
    if (read === undefined) continue;
    const twin = parsed.get(read.settings.name);
    if (twin === undefined) parsed.set(read.settings.name, read);
    else
      report(
        error("package-name", `There are two packages "${read.settings.name}", the other one in "${folderOf(twin)}".`, {
          span: { file: project, start: 0, end: 0 },
          hint: "Remove one of them.",
        }),
      );
  }
  const packages: Readonly<Record<string, InstalledPackage>> = Object.fromEntries(
    [...parsed.values()].flatMap((each) => Object.entries(each.settings.packages ?? {})),
  );
  const known = new Map(
    [...parsed].map(([name, each]) => [name, { ...each, settings: { ...each.settings, packages } }]),
  );
  return {
    settings: { ...settings, packages },
    parsed: known,
    files: [...known].map(([name, each]) => ({
      name,
      files: readResourceFiles(root, { settings: each.settings, project: each.runHooks.file, atRoot: [] }, memory),
    })),
  };
}
