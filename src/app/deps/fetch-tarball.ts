import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { extract } from "tar";
import type { PackageOrigin } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { isFile } from "../find-project.ts";
import { download } from "./download.ts";
import type { Fetching } from "./fetch-package.ts";
import type { FetchedPackage } from "./fetched-package.ts";

/** The folder of the package in what was unpacked: all of it, or the one folder that all of it lies in. */
function packageFolder(folder: string): string {
  if (isFile(join(folder, "dbt_project.yml"))) return folder;
  const [only, ...others] = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  return only === undefined || others.length > 0 ? folder : join(folder, only.name);
}

/** Downloads an archive and unpacks it; gives the folder of the package in it. */
export async function unpackFrom(url: string, { scratch, signal }: Fetching): Promise<string> {
  const folder = mkdtempSync(join(scratch, "tarball-"));
  const archive = url.startsWith("file:") ? fileURLToPath(url) : `${folder}.tgz`;
  if (!url.startsWith("file:")) writeFileSync(archive, await download(url, signal));
  try {
    await extract({ file: archive, cwd: folder, strict: true });
  } catch (cause) {
    const hint = cause instanceof Error ? cause.message : undefined;
    throw new WorldError("tarball", `What is at "${url}" cannot be unpacked.`, { hint, cause });
  }
  return packageFolder(folder);
}

/** A package in an archive at an address. */
export async function fetchTarball(
  { url, name }: Extract<PackageOrigin, { readonly kind: "tarball" }>,
  fetching: Fetching,
): Promise<FetchedPackage> {
  const folder = await unpackFrom(url, fetching);
  return { folder, isLinked: false, title: name, version: `tarball (url: ${url})`, locked: { tarball: url } };
}
