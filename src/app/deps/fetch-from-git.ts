import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PackageOrigin } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { entryAt } from "../entry-at.ts";
import type { Fetching } from "./fetch-package.ts";
import type { FetchedPackage } from "./fetched-package.ts";

const run = promisify(execFile);

/** A call of git in a folder; asks nobody for a password. Its first complaint, where it fails, is the error's hint. */
async function git(
  args: readonly string[],
  { folder, environment, signal }: Pick<Fetching, "environment" | "signal"> & { readonly folder: string },
  failure: string,
): Promise<string> {
  try {
    const { stdout } = await run("git", [...args], {
      cwd: folder,
      env: { ...environment, GIT_TERMINAL_PROMPT: "0" },
      signal,
    });
    return stdout.trim();
  } catch (cause) {
    signal.throwIfAborted();
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const said = cause instanceof Error && "stderr" in cause && typeof cause.stderr === "string" ? cause.stderr : "";
    const hint = isMissing ? "Packages of repositories need git on this machine." : said.trim().split("\n").at(-1);
    throw new WorldError("git", failure, { hint, cause });
  }
}

/** A package of a git repository at a revision (a branch, a tag or a commit), the default branch where none is named. */
export async function fetchFromGit(
  { url, revision, subdirectory }: Extract<PackageOrigin, { readonly kind: "git" }>,
  fetching: Fetching,
): Promise<FetchedPackage> {
  const folder = mkdtempSync(join(fetching.scratch, "git-"));
  const place = { ...fetching, folder };
  await git(["clone", "--quiet", "--", url, folder], place, `The repository "${url}" cannot be cloned.`);
  if (revision !== undefined) {
    const failure = `There is no revision "${revision}" in the repository "${url}".`;
    const names = [`refs/remotes/origin/${revision}`, revision];
    const found = await Promise.any(
      names.map((each) => git(["rev-parse", "--verify", "--quiet", `${each}^{commit}`], place, failure)),
    ).catch(() => {
      fetching.signal.throwIfAborted();
      throw new WorldError("git", failure);
    });
    await git(["checkout", "--quiet", "--detach", found], place, failure);
  }
  const commit = await git(["rev-parse", "HEAD"], place, `The repository "${url}" is empty.`);
  const inside = subdirectory === undefined ? folder : join(folder, subdirectory);
  if (entryAt(inside)?.isDirectory() !== true)
    throw new WorldError("no-package", `There is no folder "${subdirectory ?? ""}" in the repository "${url}".`);
  return {
    folder: inside,
    isLinked: false,
    title: subdirectory === undefined ? url : `${url}/${subdirectory}`,
    version: `revision ${commit}${subdirectory === undefined ? "" : ` and subdirectory ${subdirectory}`}`,
    locked: { git: url, revision: commit, ...(subdirectory === undefined ? {} : { subdirectory }) },
  };
}
