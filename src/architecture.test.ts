import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = import.meta.dirname;

/** DESIGN §2: what each layer may import besides itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  compiler: ["domain"],
  runner: ["domain"],
  ingest: ["domain"],
  app: ["domain", "compiler", "runner", "ingest"],
  cli: ["domain", "app"],
  ui: ["domain", "app"],
};

/** Each driver package, and the only file or folder (with a trailing `/`) that may name it. */
const homes: Readonly<Record<string, string>> = {
  "@duckdb/node-api": "runner/warehouse/duckdb/",
  "@google-cloud/bigquery": "runner/warehouse/bigquery/",
  "@google-cloud/storage": "ingest/store/gcs/",
  "google-auth-library": "runner/warehouse/bigquery/",
  "p-retry": "ingest/store/gcs/",
  "@polyglot-sql/sdk": "compiler/googlesql/parser.ts",
  nunjucks: "compiler/template/parse-template.ts",
  "@dagrejs/graphlib": "compiler/graph/order.ts",
  yaml: "compiler/project/parse-yaml.ts",
  "fastest-levenshtein": "compiler/nearest-name.ts",
  "csv-parse": "compiler/project/parse-seed.ts",
  chokidar: "app/watch-files.ts",
  commander: "cli/",
  "string-width": "cli/",
  "cli-progress": "cli/ingest-progress.ts",
  "markdown-table": "cli/render-table.ts",
};

/** The compiler is pure (DESIGN §2): it may use Node's hashing and path arithmetic, nothing that touches the world. */
const pureBuiltins: readonly string[] = ["node:crypto", "node:path", "node:v8"];

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !/\.(?:test|contract)\.ts$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  const statements =
    /^(?:import|export)\b[^;"]*?\bfrom\s+"(?<from>[^"]+)"|^import\s+"(?<bare>[^"]+)"|\bimport\("(?<lazy>[^"]+)"\)/gmu;
  return [...text.matchAll(statements)].flatMap(
    ({ groups }) => groups?.["from"] ?? groups?.["bare"] ?? groups?.["lazy"] ?? [],
  );
}

function layerOf(file: string): string {
  return relative(root, file).split("/")[0] ?? "";
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

const files = sourceFiles(root);
const edges = files.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

describe("the architecture", () => {
  it("knows every layer", () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => !(layer in arrows))).toEqual([]);
  });

  it("keeps the arrows between layers", () => {
    const wrong = edges
      .filter(({ specifier }) => specifier.startsWith("."))
      .map(({ file, specifier }) => ({ from: file, to: resolve(dirname(file), specifier) }))
      .filter(({ from, to }) => layerOf(from) !== layerOf(to) && !(arrows[layerOf(from)] ?? []).includes(layerOf(to)))
      .map(({ from, to }) => `${relative(root, from)} imports ${relative(root, to)}`);
    expect(wrong).toEqual([]);
  });

  it("names each driver package in its one place", () => {
    const wrong = edges
      .filter(({ specifier }) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
      .filter(({ file, specifier }) => {
        const home = homes[packageOf(specifier)];
        const place = relative(root, file);
        return home === undefined || (home.endsWith("/") ? !place.startsWith(home) : place !== home);
      })
      .map(({ file, specifier }) => `${relative(root, file)} imports ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it("keeps the compiler pure", () => {
    const wrong = edges
      .filter(({ file }) => ["compiler", "domain"].includes(layerOf(file)))
      .filter(({ specifier }) => specifier.startsWith("node:") && !pureBuiltins.includes(specifier))
      .map(({ file, specifier }) => `${relative(root, file)} imports ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it("keeps every file to one idea", () => {
    const long = files
      .map((file) => ({ place: relative(root, file), lines: readFileSync(file, "utf8").split("\n").length - 1 }))
      .filter(({ lines }) => lines > 400)
      .map(({ place, lines }) => `${place} has ${String(lines)} lines`);
    expect(long).toEqual([]);
  });
});
