import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A statement, and the columns (name and GoogleSQL type) of each table that it names, as `project.dataset.table` or less. */
export interface AnalyzerQuestion {
  readonly sql: string;
  readonly tables: Readonly<Record<string, readonly (readonly [name: string, type: string])[]>>;
  /** Statements of a script are parsed, but their names and types are not looked at. */
  readonly form: "statement" | "script";
}

/** What GoogleSQL's own analyzer says of a statement; the columns are those that a query gives. */
export type AnalyzerAnswer =
  | { readonly kind: "valid"; readonly columns: readonly (readonly [name: string, type: string])[] }
  | { readonly kind: "invalid"; readonly message: string };

/** The analyzer's program, or why there is none. */
export type Analyzer =
  { readonly kind: "there"; readonly program: string } | { readonly kind: "absent"; readonly reason: string };

/**
 * Finds the analyzer's program: the one that GSQLCHECK names, or else one built from the Go source beside this file and kept
 * in the user's cache folder. To build it the first time takes some five minutes and 6 GiB of memory.
 */
export function installAnalyzer(environment: Readonly<Record<string, string | undefined>>): Analyzer {
  const named = environment["GSQLCHECK"];
  if (named !== undefined)
    return existsSync(named)
      ? { kind: "there", program: named }
      : { kind: "absent", reason: `GSQLCHECK names ${named}, which is not there.` };
  const folder = join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tsdbt");
  const program = join(folder, "gsqlcheck-2");
  if (existsSync(program)) return { kind: "there", program };
  mkdirSync(folder, { recursive: true });
  const made = `${program}.${process.pid}`;
  process.stderr.write("Building GoogleSQL's analyzer, which takes some minutes …\n");
  const run = spawnSync("go", ["build", "-o", made, "."], {
    cwd: import.meta.dirname,
    encoding: "utf8",
    // One package at a time: two of them need 3 GiB each to compile.
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-p=1 -buildvcs=false" },
  });
  if (run.error !== undefined) return { kind: "absent", reason: run.error.message };
  if (run.status !== 0) return { kind: "absent", reason: run.stderr.trim() };
  renameSync(made, program);
  return { kind: "there", program };
}

/** Asks the analyzer's program of all statements at once; the answers come in the same order. */
export function askAnalyzer(program: string, questions: readonly AnalyzerQuestion[]): readonly AnalyzerAnswer[] {
  const input = questions
    .map(({ sql, tables, form }) => `${JSON.stringify({ sql, tables, script: form === "script" })}\n`)
    .join("");
  const run = spawnSync(program, { input, encoding: "utf8", maxBuffer: 1e9 });
  const lines = run.stdout.split("\n").filter((line) => line !== "");
  if (lines.length !== questions.length)
    throw new Error(`The analyzer answered ${lines.length} of ${questions.length} questions. ${run.stderr}`);
  return lines.map((line) => readAnswer(JSON.parse(line)));
}

function readAnswer(answer: unknown): AnalyzerAnswer {
  if (typeof answer !== "object" || answer === null) throw new Error("An answer of the analyzer is no object.");
  if (!("valid" in answer) || answer.valid !== true)
    return { kind: "invalid", message: "error" in answer ? String(answer.error) : "" };
  const columns: readonly unknown[] = "columns" in answer && Array.isArray(answer.columns) ? answer.columns : [];
  return { kind: "valid", columns: columns.map(readColumn) };
}

function readColumn(column: unknown): readonly [name: string, type: string] {
  if (!Array.isArray(column)) throw new Error("A column in the analyzer's answer is no pair.");
  return [String(column[0]), String(column[1])];
}
