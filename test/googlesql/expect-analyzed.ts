import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import { type AnalyzerAnswer, type AnalyzerQuestion, askAnalyzer } from "../../scripts/gsqlcheck/analyzer.ts";

/** Statements, and the tables that they may name. */
export interface Analyzed {
  readonly statements: readonly string[];
  readonly tables: AnalyzerQuestion["tables"];
}

/** What the analyzer said of each statement that is on record, by the statement's text. */
type AnalyzerRecord = Readonly<Record<string, AnalyzerAnswer>>;

function readRecord(path: string): AnalyzerRecord {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as AnalyzerRecord) : {};
}

/** What the analyzer knows to parse and refuses to look at, though BigQuery does it. */
const parsedOnly = /\bset data type\b/iu;

function ask(program: string, { statements, tables }: Analyzed): AnalyzerRecord {
  const answers = askAnalyzer(
    program,
    statements.map((sql) => ({ sql, tables, form: parsedOnly.test(sql) ? "script" : "statement" })),
  );
  const invalid: AnalyzerAnswer = { kind: "invalid", message: "no answer" };
  return Object.fromEntries(statements.map((sql, index) => [sql, answers[index] ?? invalid]));
}

/**
 * Expects statements to be valid for GoogleSQL's own analyzer. Its answers are on record, by the text of each statement; where
 * GSQLCHECK names its program it is asked again, and with WRITE_GOLDENS set the record is made anew.
 */
export function expectAnalyzed(path: string, { statements, tables }: Analyzed): void {
  const different = [...new Set(statements)].sort();
  const program = process.env["GSQLCHECK"];
  const isThere = program !== undefined && existsSync(program);
  const answers = isThere ? ask(program, { statements: different, tables }) : undefined;
  if (answers !== undefined && process.env["WRITE_GOLDENS"] !== undefined)
    writeFileSync(path, `${JSON.stringify(answers, undefined, 2)}\n`);
  const record = readRecord(path);
  const missing = different.filter((sql) => !(sql in record));
  expect(missing, "statements without a record: run with GSQLCHECK=<program> WRITE_GOLDENS=1").toEqual([]);
  expect(Object.entries(record).filter(([, { kind }]) => kind === "invalid")).toEqual([]);
  if (answers !== undefined) expect(record).toEqual(answers);
  else expect(Object.keys(record)).toEqual(different);
}
