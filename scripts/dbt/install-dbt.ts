import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The packages that the comparisons with dbt are made with. */
const packages = ["dbt-core==1.11.16", "dbt-duckdb==1.11.1", "duckdb==1.5.5"] as const;

/** dbt's program, or why there is none. */
export type Dbt =
  { readonly kind: "there"; readonly program: string } | { readonly kind: "absent"; readonly reason: string };

/**
 * Finds dbt with its adapter for DuckDB: the program that TSDBT_DBT names, or else one that pip installs, once, in the user's
 * cache folder.
 */
export function installDbt(environment: Readonly<Record<string, string | undefined>>): Dbt {
  const named = environment["TSDBT_DBT"];
  if (named !== undefined)
    return existsSync(named)
      ? { kind: "there", program: named }
      : { kind: "absent", reason: `TSDBT_DBT names ${named}, which is not there.` };
  const folder = join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tsdbt", "dbt-1.11.16");
  const program = join(folder, "bin", "dbt");
  // The last file of an installation: a folder without it is one that was broken off.
  const end = join(folder, "installed");
  if (existsSync(end)) return { kind: "there", program };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stderr.write("Installing dbt for the comparison, which takes a minute …\n");
  const steps: readonly (readonly [string, ...string[]])[] = [
    ["python3", "-m", "venv", folder],
    [join(folder, "bin", "python"), "-m", "pip", "install", "--quiet", ...packages],
  ];
  for (const [step, ...given] of steps) {
    const ended = spawnSync(step, given, { encoding: "utf8" });
    if (ended.error !== undefined) return { kind: "absent", reason: ended.error.message };
    if (ended.status !== 0) return { kind: "absent", reason: `${ended.stdout}${ended.stderr}`.trim().slice(-2000) };
  }
  mkdirSync(`${end}.made`);
  renameSync(`${end}.made`, end);
  return { kind: "there", program };
}
