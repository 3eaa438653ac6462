import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { afterAll } from "vitest";
import type { Tables, TableRow } from "../truth/differences.ts";

const root = join(import.meta.dirname, "../..");
const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder, gone after the tests of the file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tsdbt-e2e-"));
  made.push(folder);
  return folder;
}

/** A copy of the example project; with its committed pulls, or with these (bytes as they are, all else as JSON). */
export function exampleProject(pulls?: Readonly<Record<string, unknown>>): string {
  const folder = emptyFolder();
  for (const part of ["project.yml", "sources.yml", "models", "macros"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  if (pulls === undefined) cpSync(join(root, "raw_data"), join(folder, "raw_data"), { recursive: true });
  else {
    mkdirSync(join(folder, "raw_data"));
    writePulls(folder, pulls);
  }
  return folder;
}

/** Writes pulls into a project's raw folder; `undefined` removes one. */
export function writePulls(project: string, pulls: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(pulls)) {
    const file = join(project, "raw_data", path);
    if (content === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content instanceof Uint8Array ? content : JSON.stringify(content));
    }
  }
}

/** A project of these files. */
export function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function cellOf(value: DuckDBValue): string | number | null {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  return String(value);
}

/** The rows of a query on a project's database, read by DuckDB alone. */
export async function query(project: string, text: string, database = "aquatech"): Promise<readonly TableRow[]> {
  const instance = await DuckDBInstance.create(join(project, `data/${database}.duckdb`), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  const rows = (await connection.runAndReadAll(text)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
}

/** The three published tables, all columns as text or numbers, in a fixed order. */
export async function publishedTables(project: string): Promise<Tables> {
  const event_data = await query(
    project,
    "select * replace (cast(event_time as varchar) as event_time, cast(dl_updated_at as varchar) as dl_updated_at) from event_data order by uuid",
  );
  const dau = await query(
    project,
    "select cast(event_date as varchar) as event_date, cnt, cast(dl_updated_at as varchar) as dl_updated_at from dau order by 1",
  );
  const mau = await query(
    project,
    "select cast(event_month as varchar) as event_month, cnt, cast(dl_updated_at as varchar) as dl_updated_at from mau order by 1",
  );
  return { event_data, dau, mau };
}
