import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "vitest";
import { tsdbt } from "../e2e/binary.ts";
import { projectOf } from "../e2e/example-project.ts";

/** One call of the real binary within a scenario, what is changed before it, and what is to be seen after it. */
export interface Step {
  /** Files written before the call; `undefined` removes one. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** Statements that someone else executes in the database before the call. */
  readonly sql?: readonly string[];
  readonly call: string;
  /** 0 unless told otherwise. */
  readonly exit?: number;
  /** Parts of what is printed. */
  readonly says?: readonly string[];
  /** Statuses of `run_results.json` by name. */
  readonly statuses?: Readonly<Record<string, string>>;
  /** What queries show afterwards: a row a line, cells as DuckDB prints them, as a multiset. */
  readonly shows?: Readonly<Record<string, readonly string[]>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The database file of a scenario's project. */
const database = "shop.duckdb";

/** A project in DuckDB's own dialect, as an existing dbt project is. */
export const nativeProject = `name: shop
dialect: duckdb
targets:
  dev: { type: duckdb, path: ${database} }
`;

/** Opens the database between two calls: one process at a time may. */
async function inDatabase<T>(
  folder: string,
  use: (run: (sql: string) => Promise<readonly string[]>) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(join(folder, database));
  const connection = await instance.connect();
  try {
    return await use(async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRows().map((row) => row.map(String).join(" | "));
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function statusesOf(folder: string): Readonly<Record<string, string>> {
  const path = join(folder, "target/run_results.json");
  if (!existsSync(path)) return {};
  const { results } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  return Object.fromEntries(results.map(({ unique_id: id, status }) => [id.split(".").slice(2).join("."), status]));
}

/** Rows of queries on a scenario's database, a row a line, sorted. */
export async function rowsIn(
  folder: string,
  queries: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return await inDatabase(folder, async (run) => {
    const found = new Map<string, readonly string[]>();
    for (const query of queries) found.set(query, [...(await run(query))].sort());
    return found;
  });
}

/** The result of a resource in `run_results.json`, by name. */
export function resultOf(
  folder: string,
  name: string,
): { readonly status: string; readonly message: string | null } | undefined {
  const { results } = JSON.parse(readFileSync(join(folder, "target/run_results.json"), "utf8")) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string; readonly message: string }[];
  };
  return results.find(({ unique_id: id }) => id.split(".").slice(2).join(".") === name);
}

async function playStep(folder: string, step: Step): Promise<void> {
  for (const [path, text] of Object.entries(step.files ?? {})) {
    const file = join(folder, path);
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  if (step.sql !== undefined) {
    const { sql } = step;
    await inDatabase(folder, async (run) => {
      for (const statement of sql) await run(statement);
    });
  }
  const args = (step.call.match(/'[^']*'|\S+/gu) ?? []).map((arg) => arg.replace(/^'(.*)'$/u, "$1"));
  const called = await tsdbt({ folder, environment: step.environment ?? {} }, ...args);
  const printed = called.out + called.err;
  if (called.code !== (step.exit ?? 0)) expect.fail(`${step.call} ended with ${String(called.code)}\n${printed}`);
  for (const part of step.says ?? []) expect(printed).toContain(part);
  if (step.statuses !== undefined) expect(statusesOf(folder)).toMatchObject(step.statuses);
  const { shows } = step;
  if (shows !== undefined)
    await inDatabase(folder, async (run) => {
      for (const [query, rows] of Object.entries(shows))
        expect({ query, rows: [...(await run(query))].sort() }).toEqual({ query, rows: [...rows].sort() });
    });
}

/** Plays a scenario in a fresh folder, and gives the folder. */
export async function play(files: Readonly<Record<string, string>>, steps: readonly Step[]): Promise<string> {
  const folder = projectOf({ "project.yml": nativeProject, ...files });
  for (const step of steps) await playStep(folder, step);
  return folder;
}
