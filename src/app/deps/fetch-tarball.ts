import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PackageOrigin } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { isFile } from "../find-project.ts";
import { download } from "./download.ts";
import type { Fetching } from "./fetch-package.ts";
import type { FetchedPackage } from "./fetched-package.ts";

const run = promisify(execFile);

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
    await run("tar", ["-xzf", archive, "-C", folder], { signal });
  } catch (cause) {
    signal.throwIfAborted();
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const hint = isMissing ? "Packages in archives need tar on this machine." : "It is no archive that tar can read.";
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
