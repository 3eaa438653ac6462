import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { WorldError } from "../../domain/world-error.ts";
import { isFile } from "../find-project.ts";
import type { NamedPackage } from "./resolve-packages.ts";

/** Empties the folder of packages. What is no package there is the author's, and stays: then nothing is removed. */
function emptyFolder(root: string, packagesPath: string): void {
  const folder = resolve(root, packagesPath);
  if (!existsSync(folder)) return;
  const foreign = readdirSync(folder).find((each) => {
    const path = join(folder, each);
    return !each.startsWith(".") && !lstatSync(path).isSymbolicLink() && !isFile(join(path, "dbt_project.yml"));
  });
  if (foreign !== undefined || relative(folder, root) === "" || !relative(folder, root).startsWith(".."))
    throw new WorldError(
      "packages-folder",
      `The folder "${packagesPath}" holds what is no package, and is not emptied.`,
      {
        hint: `Look at "${foreign ?? packagesPath}", or name another folder as packages-install-path.`,
      },
    );
  rmSync(folder, { recursive: true });
}

function place({ folder, isLinked }: NamedPackage, destination: string): void {
  if (isLinked)
    try {
      symlinkSync(relative(dirname(destination), folder), destination, "dir");
      return;
    } catch (cause) {
      // Not every file system has links; then the package is copied.
      if (!(cause instanceof Error && "code" in cause)) throw cause;
    }
  cpSync(folder, destination, { recursive: true, filter: (path) => !/[/\\]\.git$/u.test(path) });
}

/** Puts packages where the project reads them, in place of those that were there. */
export function placePackages(root: string, packagesPath: string, packages: readonly NamedPackage[]): void {
  emptyFolder(root, packagesPath);
  const folder = resolve(root, packagesPath);
  mkdirSync(folder, { recursive: true });
  for (const each of packages) place(each, join(folder, each.name));
}
