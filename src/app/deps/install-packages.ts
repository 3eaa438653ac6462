import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePackageList } from "../../compiler/project/parse-package-list.ts";
import { parseDepsSettings } from "../../compiler/project/parse-package.ts";
import { inputEnvironment } from "../../compiler/template/context/yaml-environment.ts";
import { type Diagnostic, warning } from "../../domain/diagnostic.ts";
import { judgeWarnings } from "../../domain/warning-rule.ts";
import { WorldError } from "../../domain/world-error.ts";
import { findProject, projectFileIn } from "../find-project.ts";
import type { Ending, Invocation } from "../invocation.ts";
import { readFile } from "../read-file.ts";
import { addPackage, type AddedPackage } from "./add-package.ts";
import { fetchPackage } from "./fetch-package.ts";
import { listHash, lockName, writeLock } from "./lock-file.ts";
import { placePackages } from "./place-packages.ts";
import { listedPackages, named, type NamedPackage, type Resolving, resolvePackages } from "./resolve-packages.ts";

/** What `deps` is to do besides installing what is listed. */
export interface DepsOptions {
  /** A package that is put on the list first. */
  readonly add: AddedPackage | undefined;
  /** `lock`: only choose versions; `install`: install what is chosen; `upgrade`: choose anew. */
  readonly mode: "lock" | "install" | "upgrade";
}

/** The packages of a project, by its lock where that is of its list, and else chosen anew. */
async function chosenPackages(
  root: string,
  { resolving, mode }: { readonly resolving: Resolving; readonly mode: DepsOptions["mode"] },
  invocation: Invocation,
): Promise<readonly NamedPackage[] | undefined> {
  const specs = listedPackages(root, resolving);
  if (specs === undefined) return undefined;
  if (specs.length === 0) {
    resolving.report(warning("no-packages", "The project lists no packages."));
    return [];
  }
  const hash = listHash(specs);
  const lock = existsSync(join(root, lockName))
    ? parsePackageList(readFile(root, lockName, new Map()), undefined, resolving.report)
    : undefined;
  if (lock?.hash === hash && mode !== "upgrade") {
    if (mode === "lock") return undefined;
    const fetched = [];
    for (const { origin } of lock.packages) fetched.push(await fetchPackage(origin, resolving.fetching));
    return named(fetched, resolving);
  }
  const chosen = await resolvePackages(specs, resolving);
  invocation.emit({ kind: "said", message: `Updating lock file in file path: ${join(root, lockName)}` });
  writeLock(root, chosen, hash);
  return chosen;
}

/** Installs the packages that a project lists, and those that they list. The rest of the project may be at fault. */
export async function installPackages(invocation: Invocation, { add, mode }: DepsOptions): Promise<Ending> {
  const { environment, vars, targetName, signal } = invocation;
  const root = findProject(invocation.folder, invocation.projectDir);
  const file = projectFileIn(root);
  if (file === undefined) throw new WorldError("no-project", `There is no project in "${root}" any more.`);
  const faults: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    const diagnostics = judgeWarnings([diagnostic], invocation.warningRule);
    faults.push(...diagnostics.filter(({ severity }) => severity === "error"));
    if (diagnostics.length > 0) invocation.emit({ kind: "diagnosed", diagnostics });
  };
  const say = (message: string): void => {
    invocation.emit({ kind: "said", message });
  };
  const seen = inputEnvironment({ environment, vars, targetName });
  const settings = parseDepsSettings(readFile(root, file, new Map()), seen, report);
  if (settings === undefined) return "refusal";
  if (add !== undefined) {
    const added = addPackage(root, add);
    if (!added.ok) {
      added.diagnostics.forEach(report);
      return "refusal";
    }
    const version = add.version === undefined ? "" : `@${add.version}`;
    say(`Added new package ${add.name}${version} to ${added.value}`);
  }
  const scratch = mkdtempSync(join(tmpdir(), "tsdbt-deps-"));
  try {
    const fetching = { root, scratch, environment, signal };
    const resolving: Resolving = { fetching, environment: seen, root: settings.name, report };
    const packages = await chosenPackages(root, { resolving, mode }, invocation);
    if (faults.length > 0) return "refusal";
    if (packages === undefined || mode === "lock") return "success";
    placePackages(root, settings.packagesPath, packages);
    for (const { title, version } of packages) {
      say(`Installing ${title}`);
      say(`Installed from ${version}`);
    }
    return "success";
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
