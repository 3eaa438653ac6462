import { execFileSync } from "node:child_process";
import { installDbt } from "../../scripts/dbt/install-dbt.ts";
import type { CallOptions } from "./binary.ts";

/** Real dbt-duckdb on this machine, or why it is not there. */
export type RealDbt =
  | { readonly isThere: true; readonly run: (where: CallOptions, ...args: readonly string[]) => string }
  | { readonly isThere: false; readonly reason: string };

/** The dbt that `TSDBT_DBT` names, or one that pip installs once. */
export function findRealDbt(): RealDbt {
  const dbt = installDbt(process.env);
  if (dbt.kind === "absent") return { isThere: false, reason: `dbt-duckdb cannot be installed here: ${dbt.reason}` };
  return {
    isThere: true,
    run: ({ folder, environment = {} }, ...args) =>
      execFileSync(dbt.program, [...args], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, ...environment, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" },
        stdio: ["ignore", "pipe", "pipe"],
      }),
  };
}
