import { execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CallOptions } from "./binary.ts";
import { emptyFolder } from "./example-project.ts";

/** Real dbt-duckdb on this machine, or why it is not there. */
export type RealDbt =
  | { readonly isThere: true; readonly run: (where: CallOptions, ...args: readonly string[]) => string }
  | { readonly isThere: false; readonly reason: string };

const wanted = ["dbt-core==1.11.*", "dbt-duckdb==1.*"];

function install(): string {
  const folder = emptyFolder();
  const options: ExecFileSyncOptions = { stdio: "pipe", timeout: 600_000 };
  execFileSync("python3", ["-m", "venv", folder], options);
  execFileSync(join(folder, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", ...wanted], options);
  return join(folder, "bin/dbt");
}

/** The dbt that `TSDBT_REAL_DBT` names, or one that pip installs for the time of a test. */
export function findRealDbt(): RealDbt {
  const named = process.env["TSDBT_REAL_DBT"];
  try {
    const dbt = named !== undefined && existsSync(named) ? named : install();
    return {
      isThere: true,
      run: ({ folder, environment = {} }, ...args) =>
        execFileSync(dbt, [...args], {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, ...environment, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" },
          stdio: ["ignore", "pipe", "pipe"],
        }),
    };
  } catch (cause) {
    const said = cause instanceof Error ? (cause.message.trim().split("\n").at(-1) ?? "") : String(cause);
    return { isThere: false, reason: `dbt-duckdb cannot be installed here: ${said}` };
  }
}
