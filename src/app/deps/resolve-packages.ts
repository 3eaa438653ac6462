import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parsePackageList } from "../../compiler/project/parse-package-list.ts";
import type { Environment } from "../../compiler/template/evaluate/evaluation.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { PackageOrigin, PackageSpec } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { readFile } from "../read-file.ts";
import { packageListNames } from "../read-packages.ts";
import { fetchPackage, type Fetching } from "./fetch-package.ts";
import { type FetchedPackage, nameOf } from "./fetched-package.ts";

/** A package that is ready to be installed under its name. */
export interface NamedPackage extends FetchedPackage {
  readonly name: string;
}

/** How packages are resolved: what templates in their lists see, who is told. */
export interface Resolving {
  readonly fetching: Fetching;
  readonly environment: Environment;
  /** The name of the project itself, which no package may have. */
  readonly root: string;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** What two lists that mean one package have in common. */
function keyOf(origin: PackageOrigin, root: string): string {
  switch (origin.kind) {
    case "local":
      return `local ${resolve(root, origin.path)}`;
    case "git":
      return `git ${origin.url.replace(/\.git$/u, "")} ${origin.subdirectory ?? ""}`;
    case "tarball":
      return `tarball ${origin.url}`;
    case "hub":
      return `hub ${origin.name}`;
  }
}

/** One wish in place of two for the same package. */
function merged(old: PackageOrigin, fresh: PackageOrigin): PackageOrigin {
  if (old.kind === "hub" && fresh.kind === "hub")
    return {
      ...old,
      versions: [...new Set([...old.versions, ...fresh.versions])],
      takesPrereleases: old.takesPrereleases || fresh.takesPrereleases,
    };
  if (old.kind === "git" && fresh.kind === "git" && old.revision !== fresh.revision)
    throw new WorldError("package-conflict", `Two revisions of "${old.url}" are asked for.`, {
      hint: `They are "${old.revision ?? "the default branch"}" and "${fresh.revision ?? "the default branch"}".`,
    });
  return old;
}

/** The packages that a project or a package lists, by `packages.yml` or `dependencies.yml`; a file at fault is told. */
export function listedPackages(
  folder: string,
  { environment, report }: Pick<Resolving, "environment" | "report">,
): readonly PackageSpec[] | undefined {
  const name = packageListNames.find((each) => existsSync(join(folder, each)));
  if (name === undefined) return [];
  const rendering = name === "packages.yml" ? environment : undefined;
  return parsePackageList(readFile(folder, name, new Map()), rendering, report)?.packages;
}

/** Names fetched packages; two of one name, and one of the project's, are an error of the world that asked for them. */
export function named(packages: readonly FetchedPackage[], resolving: Resolving): readonly NamedPackage[] {
  const known = new Map<string, NamedPackage>();
  for (const each of packages) {
    const name = nameOf(each, resolving.report);
    if (name === undefined) continue;
    const twin = known.get(name);
    if (twin !== undefined || name === resolving.root)
      throw new WorldError(
        "package-conflict",
        `The package ${each.title} is named "${name}", and so is ${twin === undefined ? "the project" : twin.title}.`,
      );
    known.set(name, { ...each, name });
  }
  return [...known.values()];
}

/** Fetches packages and all that they ask for in turn, each once. */
export async function resolvePackages(
  specs: readonly PackageSpec[],
  resolving: Resolving,
): Promise<readonly NamedPackage[]> {
  const { fetching } = resolving;
  const wishes = new Map<string, PackageOrigin>();
  const fetched = new Map<string, FetchedPackage>();
  for (let pending = specs; pending.length > 0;) {
    const changed = new Map<string, PackageOrigin>();
    for (const { origin } of pending) {
      const key = keyOf(origin, fetching.root);
      const old = wishes.get(key);
      const wish = old === undefined ? origin : merged(old, origin);
      if (JSON.stringify(wish) !== JSON.stringify(old)) changed.set(key, wish);
      wishes.set(key, wish);
    }
    const next: PackageSpec[] = [];
    for (const [key, wish] of changed) {
      const found = await fetchPackage(wish, fetching);
      fetched.set(key, found);
      next.push(...(listedPackages(found.folder, resolving) ?? []));
    }
    pending = next;
  }
  return named([...fetched.values()], resolving);
}
