import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scanFiles } from "../../test/ingest/scan-text.ts";
import { parseStagedCsv } from "../../test/ingest/parse-staged-csv.ts";
import { headerRow } from "./scan/header-row.ts";
import { PullScanner } from "./scan/pull-scanner.ts";
import type { IngestColumn } from "../domain/ingest-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "tsdbt-staged-csv-"));
let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:")).connect();
});

afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true });
});

/** What DuckDB reads from a CSV by the options that tsdbt loads with; as bytes, for its driver drops a leading U+FEFF. */
async function readByDuckdb(csv: Buffer, names: readonly string[]): Promise<readonly unknown[]> {
  const path = join(folder, "rows.csv");
  writeFileSync(path, csv);
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  const reader = await connection.runAndReadAll(
    `select ${names.map((name) => `hex(${name})`).join(", ")} from read_csv('${path}', columns = {${columns}}, auto_detect = false, header = true, delim = ',',
       quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, parallel = false,
       max_line_size = 268435456)`,
  );
  return reader
    .getRows()
    .map((row) => row.map((value) => (value === null ? null : Buffer.from(String(value), "hex").toString())));
}

const names = ["a", "b", "time", "id"];
const columns: readonly IngestColumn[] = [
  { role: "text", name: "a", key: "a", required: false },
  { role: "text", name: "b", key: "b", required: false },
  { role: "eventTime", name: "time", key: "time", required: true },
  { role: "id", name: "id", key: "id", required: false },
];
const header = headerRow(names);

/** The CSV of records that have only these two values. */
function csvOf(values: readonly (readonly [unknown, unknown])[]): Buffer {
  const scanner = new PullScanner(columns);
  scanner.start(header);
  scanner.scan(
    "20221013-030129.json",
    Buffer.from(JSON.stringify(values.map(([a, b]) => ({ a, b, time: "2022-10-01", id: "i" })))),
  );
  return Buffer.from(scanner.rows.view());
}

const nastyTexts: readonly (string | null)[] = [
  null,
  "",
  " ",
  "  both ends ",
  '"',
  '""',
  'say "hi", she said',
  ",",
  ",,",
  "\n",
  "\r",
  "\r\n",
  'one\ntwo\r\nthree\r"four"\n',
  "NULL",
  "null",
  "\\N",
  "\\",
  '\\"',
  "'",
  "a;b\tc|d",
  "#comment",
  "São Paulo",
  "東京",
  "🐟 👩‍👩‍👧",
  "\u0001\u001f\u007f",
  "\ufeffmark",
  "\u2028\u2029\u0085",
  "=1+1",
  "x".repeat(100_000),
];

describe("a staged CSV", () => {
  it("is read back by DuckDB exactly, null and empty text apart, nasty texts beside each other", async () => {
    const values = nastyTexts.flatMap((a) =>
      nastyTexts.slice(0, 14).map((b): [string | null, string | null] => [a, b]),
    );
    const rows = await readByDuckdb(csvOf(values), names);
    expect(rows).toEqual(values.map(([a, b]) => [a, b, "2022-10-01T00:00:00Z", "i"]));
  });

  it("is read back by DuckDB exactly whatever the texts are", async () => {
    const text = fc.oneof(
      fc.constant(null),
      fc.string({ unit: "binary", maxLength: 20 }).filter((value) => !value.includes("\0")),
      fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", " ", "a", "\\", "é", "🐟"), maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 50 }), async (values) => {
        const csv = csvOf(values);
        const wanted = values.map(([a, b]) => [a, b, "2022-10-01T00:00:00Z", "i"]);
        expect(await readByDuckdb(csv, names)).toEqual(wanted);
        expect(parseStagedCsv(csv.toString())).toEqual([names, ...wanted]);
      }),
      { numRuns: 60 },
    );
  });

  it("is read back by DuckDB where it has one column, or no row", async () => {
    const single: readonly IngestColumn[] = columns.filter((column) => column.name === "a");
    const texts = nastyTexts.filter((text) => text !== null);
    const scanner = new PullScanner(single);
    scanner.start(headerRow(["a"]));
    scanner.scan("20221013-030129.json", Buffer.from(JSON.stringify(texts.map((a) => ({ a })))));
    expect(await readByDuckdb(scanner.rows.view(), ["a"])).toEqual(texts.map((text) => [text]));
    expect(await readByDuckdb(header, names)).toEqual([]);
  });

  it("has its times read as timestamps", async () => {
    const times = ["2022-10-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2022-10-01T00:00:00.12+07"];
    const { rows } = scanFiles([JSON.stringify(times.map((time) => ({ time })))], columns);
    const casts = rows.map((row) => `'${row[2] ?? ""}'::timestamptz at time zone 'UTC'`).join(", ");
    const reader = await connection.runAndReadAll(`select [${casts}]::varchar`);
    expect(reader.getRows()[0]?.[0]).toBe(
      "['2022-10-01 00:00:00', '0001-01-01 00:00:00', '9999-12-31 23:59:59.999999', '2022-09-30 17:00:00.12']",
    );
  });
});

describe("a text that ingest does not write", () => {
  it.each(['"a"', '"a\n', '"a" "b"\n', "a,b\n"])("is no staged CSV: %j", (csv) => {
    expect(() => parseStagedCsv(csv)).toThrow(/staged CSV/u);
  });
});
