import type { PlainData, PlainResult } from "./plain-rows.ts";

/** A text in GoogleSQL with the answer that BigQuery gives: one case of a corpus. */
export interface CorpusCase {
  readonly id: string;
  readonly category: string;
  readonly sql: string;
  /** DuckDB's SQL that makes the tables which the text reads. */
  readonly setup: string;
  /** The same tables as queries in GoogleSQL, by name, for the reference implementation. */
  readonly tables: Readonly<Record<string, string>>;
  /** The rows, or `undefined` if the text fails. */
  readonly rows: PlainResult["rows"] | undefined;
  readonly order: "ordered" | "unordered";
  readonly names: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is PlainData {
  if (Array.isArray(value)) return value.every(isPlain);
  if (isRecord(value)) return Object.values(value).every(isPlain);
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== "string") throw new Error(`${where} is no text.`);
  return value;
}

function textsOf(value: unknown, where: string): readonly string[] | undefined {
  if (value === null || value === undefined) return undefined;
  if (!Array.isArray(value)) throw new Error(`${where} is no list.`);
  return value.map((item) => textOf(item, where));
}

function rowsOf(value: unknown, where: string): PlainResult["rows"] | undefined {
  if (isRecord(value) && "error" in value) return undefined;
  if (!Array.isArray(value)) throw new Error(`${where} is neither a list of rows nor an error.`);
  return value.map((row: unknown) => {
    if (!Array.isArray(row) || !row.every(isPlain)) throw new Error(`${where} has something that is no row.`);
    return row;
  });
}

/** The cases of a corpus file; an Error says what is not of its form. */
export function parseCorpus(text: string): readonly CorpusCase[] {
  const cases: unknown = JSON.parse(text);
  if (!Array.isArray(cases)) throw new Error("A corpus is a list of cases.");
  return cases.map((item: unknown, index): CorpusCase => {
    if (!isRecord(item)) throw new Error(`Case ${index} is no object.`);
    const where = `The case ${typeof item["id"] === "string" ? item["id"] : index}`;
    const tables = isRecord(item["setup_bigquery"]) ? item["setup_bigquery"] : {};
    return {
      id: textOf(item["id"], `${where}: "id"`),
      category: textOf(item["category"], `${where}: "category"`),
      sql: textOf(item["bigquery_sql"], `${where}: "bigquery_sql"`),
      setup: item["setup_sql"] === undefined ? "" : textOf(item["setup_sql"], `${where}: "setup_sql"`),
      tables: Object.fromEntries(Object.entries(tables).map(([name, query]) => [name, textOf(query, where)])),
      rows: rowsOf(item["expected_json"], `${where}: "expected_json"`),
      order: item["expected_ordered"] === true ? "ordered" : "unordered",
      names: textsOf(item["expected_names"], `${where}: "expected_names"`),
      types: textsOf(item["expected_types"], `${where}: "expected_types"`),
    };
  });
}
