import { resolve } from "node:path";
import type { PackageOrigin } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { entryAt } from "../entry-at.ts";
import type { Fetching } from "./fetch-package.ts";
import type { FetchedPackage } from "./fetched-package.ts";

/** A package in a folder of this machine; its path is relative to the project. */
export function fetchLocal(
  { path }: Extract<PackageOrigin, { readonly kind: "local" }>,
  { root }: Pick<Fetching, "root">,
): FetchedPackage {
  const folder = resolve(root, path);
  if (entryAt(folder)?.isDirectory() !== true)
    throw new WorldError("no-package", `There is no folder "${path}" for a package.`, {
      hint: "The path of a local package begins at the project's folder.",
    });
  return { folder, isLinked: true, title: path, version: `<local @ ${path}>`, locked: { local: path } };
}
