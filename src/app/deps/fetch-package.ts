import type { PackageOrigin } from "../../domain/package-spec.ts";
import { fetchFromGit } from "./fetch-from-git.ts";
import { fetchFromHub } from "./fetch-from-hub.ts";
import { fetchLocal } from "./fetch-local.ts";
import { fetchTarball } from "./fetch-tarball.ts";
import type { FetchedPackage } from "./fetched-package.ts";

/** Where packages are fetched to and from. */
export interface Fetching {
  /** The project's folder. */
  readonly root: string;
  /** An empty folder for what is fetched; its owner removes it. */
  readonly scratch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Brings a package onto this machine. Throws a `WorldError` where it cannot be reached. */
export async function fetchPackage(origin: PackageOrigin, fetching: Fetching): Promise<FetchedPackage> {
  switch (origin.kind) {
    case "local":
      return fetchLocal(origin, fetching);
    case "git":
      return await fetchFromGit(origin, fetching);
    case "tarball":
      return await fetchTarball(origin, fetching);
    case "hub":
      return await fetchFromHub(origin, fetching);
  }
}
