import { existsSync } from "node:fs";
import { join } from "node:path";
import { parsePackageName } from "../../compiler/project/parse-package.ts";
import type { DataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { WorldError } from "../../domain/world-error.ts";
import { readFile } from "../read-file.ts";

/** A package that is on this machine, and one version of it for good. */
export interface FetchedPackage {
  /** Where its files are, absolute. */
  readonly folder: string;
  /** A folder of the author's own is linked to, so that what is changed there is there at once. */
  readonly isLinked: boolean;
  /** As messages call it: `dbt-labs/dbt_utils`. */
  readonly title: string;
  /** What was installed: `version 1.1.1`. */
  readonly version: string;
  /** The entry of the lock, but for its name. */
  readonly locked: DataMap;
}

/** The name of a package, as its own project file has it. */
export function nameOf(
  { folder, title }: FetchedPackage,
  report: (diagnostic: Diagnostic) => void,
): string | undefined {
  if (!existsSync(join(folder, "dbt_project.yml")))
    throw new WorldError("no-package", `There is no "dbt_project.yml" in the package ${title}.`, {
      hint: "Name the folder of the package: its path, or its subdirectory in a repository.",
    });
  return parsePackageName(readFile(folder, "dbt_project.yml", new Map()), report);
}
