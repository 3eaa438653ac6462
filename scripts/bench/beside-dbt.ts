import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeProject } from "./compiling.ts";
import { measure, printTimings, runNode } from "./measure.ts";

const files = {
  "dbt_project.yml": "name: generated\nprofile: generated\n",
  "profiles.yml": `generated:
  target: local
  outputs:
    local: { type: duckdb, path: generated.duckdb, threads: 2 }
`,
};

/** What is measured: a command, the projects that it is measured on, and how often. */
const measured: readonly (readonly [command: string, models: number, rounds: number])[] = [
  ["parse", 100, 3],
  ["parse", 500, 1],
  ["compile", 100, 3],
  ["compile", 500, 1],
  ["run", 100, 1],
];

function runDbt(dbt: string, args: readonly string[], folder: string): void {
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: "false", DBT_PROFILES_DIR: folder };
  const { status, stdout, stderr } = spawnSync(dbt, args, { cwd: folder, encoding: "utf8", env });
  if (status !== 0) throw new Error(`dbt ${args.join(" ")} ended with ${String(status)}: ${stdout}${stderr}`);
}

/** Prints how long commands take as whole processes beside dbt on the same project, none of them with anything from the last time; dbt is the one that `TSDBT_DBT` names. */
export async function benchBesideDbt(binary: string, scratch: string): Promise<void> {
  const dbt = process.env["TSDBT_DBT"];
  if (dbt === undefined || !existsSync(dbt)) {
    const why = dbt === undefined ? "TSDBT_DBT names none" : `TSDBT_DBT is "${dbt}", which is not there`;
    process.stdout.write(`\nNot measured beside dbt: ${why}.\n`);
    return;
  }
  for (const [command, models, rounds] of measured) {
    const folder = join(scratch, `beside-${command}-${String(models)}`);
    writeProject(folder, models, files);
    const prepare = (): void => {
      for (const made of ["target", "generated.duckdb"]) rmSync(join(folder, made), { recursive: true, force: true });
    };
    const timings = await measure(
      [
        {
          name: `tsdbt ${command}`,
          prepare,
          work: () => {
            runNode([binary, command], folder);
          },
        },
        {
          name: `dbt ${command}`,
          prepare,
          work: () => {
            runDbt(dbt, [command], folder);
          },
        },
      ],
      rounds,
    );
    printTimings(`${command} of ${String(models)} models, beside dbt`, timings);
  }
}
