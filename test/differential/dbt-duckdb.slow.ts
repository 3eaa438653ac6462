import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { tsdbt } from "../e2e/binary.ts";
import { callDbt, findDbt } from "./dbt.ts";
import { deviationOf, modelText, type Scenario, scenarios } from "./scenarios.ts";

const seed = Number(process.env["TSDBT_SEED"] ?? 20240101);
const dbt = findDbt();
if ("missing" in dbt) process.stderr.write(`Not compared with real dbt: ${dbt.missing}\n`);

const folders = { dbt: mkdtempSync(join(tmpdir(), "tsdbt-real-")), tsdbt: mkdtempSync(join(tmpdir(), "tsdbt-own-")) };

afterAll(() => {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
});

function writeProject(folder: string, all: readonly Scenario[]): void {
  mkdirSync(join(folder, "models"));
  const files = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nvars: { turn: 0 }\n",
    "profiles.yml": "shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb, threads: 4 } } }\n",
    ...Object.fromEntries(all.map((each) => [`models/${each.name}.sql`, modelText(each)])),
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}

/** What became of a model: how it ended, and its table. */
interface Shown {
  readonly status: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

async function shown(folder: string, all: readonly Scenario[]): Promise<ReadonlyMap<string, Shown>> {
  const { results } = JSON.parse(readFileSync(join(folder, "target/run_results.json"), "utf8")) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  const statuses = new Map(results.map(({ unique_id: id, status }) => [id.split(".").at(-1) ?? "", status]));
  const instance = await DuckDBInstance.create(join(folder, "shop.duckdb"));
  const connection = await instance.connect();
  try {
    const found = new Map<string, Shown>();
    for (const { name } of all) {
      const reader = await connection.runAndReadAll(`select * from main.${name}`);
      const columns = reader.columnNames().map((column, index) => `${column} ${String(reader.columnType(index))}`);
      const rows = reader.getRows().map((row) => row.map(String).join(" | "));
      found.set(name, { status: statuses.get(name) ?? "nothing", columns, rows: rows.sort() });
    }
    return found;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const turns = [
  { what: "first run", turn: 0, flags: [] },
  { what: "second run", turn: 1, flags: [] },
  { what: "third run", turn: 2, flags: [] },
  { what: "full refresh", turn: 2, flags: ["--full-refresh"] },
] as const;

describe.skipIf("missing" in dbt)("incremental models, beside the real dbt", () => {
  const all = scenarios(seed);
  const documented = readFileSync(join(import.meta.dirname, "../../docs/deviations-from-dbt.md"), "utf8");

  it(`end as there, or differ as is written down (seed ${String(seed)})`, { timeout: 1_200_000 }, async () => {
    if ("missing" in dbt) return;
    for (const folder of Object.values(folders)) writeProject(folder, all);
    const differences: string[] = [];
    const deviations = new Set<string>();
    for (const { what, turn, flags } of turns) {
      const args = ["run", "--vars", `{turn: ${String(turn)}}`, ...flags];
      callDbt(dbt.path, folders.dbt, args);
      await tsdbt(folders.tsdbt, ...args);
      const [theirs, ours] = [await shown(folders.dbt, all), await shown(folders.tsdbt, all)];
      for (const scenario of all) {
        const [wanted, found] = [theirs.get(scenario.name), ours.get(scenario.name)];
        if (JSON.stringify(wanted) === JSON.stringify(found)) continue;
        const deviation = deviationOf(scenario);
        if (deviation !== undefined && what !== "full refresh") deviations.add(deviation);
        else
          differences.push(
            `${what} of ${JSON.stringify(scenario)}\n  dbt   ${JSON.stringify(wanted)}\n  tsdbt ${JSON.stringify(found)}`,
          );
      }
    }
    expect(differences.slice(0, 20), `${String(differences.length)} differences`).toEqual([]);
    // What is known to differ must show, or else nothing would.
    expect(deviations.size).toBeGreaterThan(1);
    for (const deviation of deviations) expect(documented).toContain(deviation);
  });
});
