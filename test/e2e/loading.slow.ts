import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { exampleProject, projectOf } from "./example-project.ts";

/** The packages, of these, of which a call loads a script: Node's own account of the scripts that it ran. */
async function loadedBy(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const coverage = join(folder, ".coverage");
  mkdirSync(coverage);
  await succeed({ folder, environment: { NODE_V8_COVERAGE: coverage } }, ...args);
  const accounts = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), "utf8"));
  rmSync(coverage, { recursive: true });
  return ["@duckdb", "@polyglot-sql", "@google-cloud", "nunjucks", "chokidar", "src/compiler", "dist/compiler"].filter(
    (part) => accounts.some((account) => account.includes(`/${part}/`)),
  );
}

describe("a call loads what it needs", () => {
  it("--version: nothing of it", async () => {
    expect(await loadedBy(projectOf({}), "--version")).toEqual([]);
  });

  it("compile: the parser of GoogleSQL while a query is new, no warehouse", async () => {
    const project = exampleProject();
    expect(await loadedBy(project, "compile")).toEqual(["@polyglot-sql", "nunjucks", "dist/compiler"]);
    expect(await loadedBy(project, "compile")).toEqual(["nunjucks", "dist/compiler"]);
    expect(await loadedBy(project, "build")).toEqual(["@duckdb", "nunjucks", "dist/compiler"]);
  });

  it("no parser where models are in DuckDB's own dialect", async () => {
    const project = projectOf({
      "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: shop.duckdb }\n",
      "models/one.sql": "select 1 as one",
    });
    expect(await loadedBy(project, "compile")).toEqual(["nunjucks", "dist/compiler"]);
  });
});

const shop = {
  "project.yml": "name: shop\ntargets:\n  dev: { type: duckdb, path: shop.duckdb }\n",
  "models/a.sql": "select 1 as one, 'x' as two",
  "models/b.sql": "-- the first column\nselect {{ env_var('PICKED', 'one') }} as picked from {{ ref('a') }}",
};

describe("translations that are known from an earlier call", () => {
  it("are not taken when a column that they read has another type", async () => {
    const folder = projectOf({ ...shop, "models/c.sql": "select picked + 1 as more from {{ ref('b') }}" });
    await succeed(folder, "compile");
    writeFileSync(join(folder, "models/a.sql"), "select 'text' as one, 'x' as two");
    const { code, err } = await tsdbt(folder, "compile");
    expect(code).toBe(2);
    expect(err).toContain("models/c.sql:1:8");
  });

  it("are not taken for another environment", async () => {
    const folder = projectOf(shop);
    await succeed(folder, "build");
    await succeed({ folder, environment: { PICKED: "two" } }, "build");
    const { out } = await succeed(folder, "show", "--output", "json", "--inline", "select * from {{ ref('b') }}");
    expect(JSON.parse(out)).toMatchObject({ show: [{ picked: "x" }] });
  });

  it("tell faults of the warehouse at the place where the text stands now", async () => {
    const text = "select n from {{ source('away', 'numbers') }}";
    const sources = "sources: [{ name: away, tables: [{ name: numbers, columns: [{ name: n, data_type: int64 }] }] }]";
    const folder = projectOf({ ...shop, "sources.yml": sources, "models/b.sql": text });
    const place = async (): Promise<string | undefined> => {
      const { out, err } = await tsdbt(folder, "run");
      return /models\/b\.sql:\d+:\d+/u.exec(out + err)?.[0];
    };
    expect([await place(), await place()]).toEqual(["models/b.sql:1:18", "models/b.sql:1:18"]);
    writeFileSync(join(folder, "models/b.sql"), `\n\n${text}`);
    expect(await place()).toBe("models/b.sql:3:18");
  });

  it.each(["", "{", "[]", '{"translator": 3}', "\0"])("are made anew where their file holds %j", async (content) => {
    const folder = projectOf(shop);
    await succeed(folder, "compile");
    const path = join(folder, "target/translations.json");
    const written = readFileSync(path, "utf8");
    writeFileSync(path, content);
    await succeed(folder, "compile");
    expect(readFileSync(path, "utf8")).toBe(written);
  });
});
