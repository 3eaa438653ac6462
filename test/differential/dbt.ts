import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The releases that tsdbt is held to. */
const packages = ["dbt-core==1.11.*", "dbt-duckdb==1.10.*"] as const;

/** The real dbt, or why there is none. */
export type FoundDbt = { readonly path: string } | { readonly missing: string };

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

/** The real dbt: the one that TSDBT_DBT names, or else one that is installed into a folder of its own, once. */
export function findDbt(): FoundDbt {
  const named = process.env["TSDBT_DBT"];
  if (named !== undefined)
    return existsSync(named) ? { path: named } : { missing: `TSDBT_DBT is "${named}", which is not there` };
  const folder = join(tmpdir(), "tsdbt-real-dbt");
  const path = join(folder, "bin", "dbt");
  if (existsSync(path)) return { path };
  const made = spawnSync("python3", ["-m", "venv", folder], { encoding: "utf8", timeout: 60_000 });
  if (made.status !== 0) return { missing: `python3 cannot make an environment: ${lastLine(made.stderr)}` };
  const pip = join(folder, "bin", "pip");
  const installed = spawnSync(pip, ["install", "--quiet", ...packages], { encoding: "utf8", timeout: 300_000 });
  if (installed.status !== 0 || !existsSync(path))
    return { missing: `pip cannot install it: ${lastLine(installed.stderr)}` };
  return { path };
}

/** Calls dbt in the folder of a project, and gives nothing: what it did stands in its record. A failing model is no failure here. */
export function callDbt(path: string, folder: string, args: readonly string[]): void {
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: "false", DBT_PROFILES_DIR: folder };
  try {
    execFileSync(path, [...args], { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  } catch (cause) {
    const isRun = cause instanceof Error && "status" in cause && cause.status === 1;
    if (!isRun) throw cause;
  }
}
