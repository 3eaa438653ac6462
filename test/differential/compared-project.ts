import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tsdbt } from "../e2e/binary.ts";

/** A project that dbt and tsdbt both run, each in a folder of its own. */
export interface ComparedProject {
  /** Runs both with the same arguments, and gives what each left behind. */
  readonly call: (...args: readonly string[]) => Promise<Readonly<Record<"dbt" | "tsdbt", Outcome>>>;
}

/** What a run left: the status of each resource, and each table as its columns and rows, by name. */
export interface Outcome {
  readonly statuses: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, Table>>;
}

/** A table's columns as `name type`, and its rows, sorted, as texts. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

const settings: Readonly<Record<string, string>> = {
  "dbt_project.yml": "name: compared\nversion: '1.0'\nprofile: compared\n",
  "profiles.yml":
    "compared:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: compared.duckdb, schema: main, threads: 2}\n",
};

/** Writes the project twice. `dbt` is the program of dbt. */
export function openComparedProject(dbt: string, files: Readonly<Record<string, string>>): ComparedProject {
  const folders = { dbt: write("dbt", files), tsdbt: write("tsdbt", files) };
  return {
    call: async (...args) => {
      const [theirs, own] = await Promise.all([
        run(folders.dbt, dbt, args).then(() => readOutcome(folders.dbt)),
        tsdbt(folders.tsdbt, ...args).then(() => readOutcome(folders.tsdbt)),
      ]);
      return { dbt: theirs, tsdbt: own };
    },
  };
}

function write(name: string, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), `compared-${name}-`));
  for (const [path, text] of Object.entries({ ...settings, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Models may fail in both: only a program that wrote no results has failed the comparison, which reading them shows. */
async function run(folder: string, program: string, args: readonly string[]): Promise<void> {
  const env = { PATH: process.env["PATH"], HOME: folder, DO_NOT_TRACK: "1", DBT_PROFILES_DIR: folder };
  const child = spawn(program, args, { cwd: folder, env, stdio: "ignore" });
  await new Promise((ended) => child.once("close", ended));
}

async function readOutcome(folder: string): Promise<Outcome> {
  const { results } = JSON.parse(readFileSync(join(folder, "target/run_results.json"), "utf8")) as {
    readonly results: readonly {
      readonly unique_id: string;
      readonly status: string;
      readonly message: string | null;
    }[];
  };
  const nameOf = (id: string): string => id.split(".").slice(2).join(".");
  return {
    statuses: Object.fromEntries(results.map((result) => [nameOf(result.unique_id), result.status])),
    messages: Object.fromEntries(results.map((result) => [nameOf(result.unique_id), result.message ?? ""])),
    tables: await readTables(join(folder, "compared.duckdb")),
  };
}

async function readTables(path: string): Promise<Readonly<Record<string, Table>>> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    const names = await connection.runAndReadAll(
      "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY ALL",
    );
    const tables: Record<string, Table> = {};
    for (const [name] of names.getRows()) {
      const reader = await connection.runAndReadAll(`FROM main."${String(name)}"`);
      const types = reader.columnTypes();
      const order = reader
        .columnNames()
        .map((column, index) => ({ column: `${column} ${String(types[index])}`, index }));
      const sorted = order.toSorted((left, right) => (left.column < right.column ? -1 : 1));
      const rows = reader.getRows().map((row) => sorted.map(({ index }) => String(row[index])).join(" | "));
      tables[String(name)] = { columns: sorted.map(({ column }) => column), rows: rows.toSorted() };
    }
    return tables;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
