import { CsvError, parse } from "csv-parse/sync";
import type { Column } from "../../domain/column.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import { offsetAt, type SourceFile, type Span } from "../../domain/source-file.ts";
import { type Cell, cellsOfType, inferType } from "./infer-type.ts";

/** The table in a CSV file. */
export interface SeedTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How a seed's file is to be read. */
export interface SeedFormat {
  readonly delimiter: string;
  /** Types that the author gives, by column name in lower case: they overrule what is inferred. */
  readonly types: ReadonlyMap<string, string>;
}

function lineSpan(file: SourceFile, line: number): Span {
  const start = offsetAt(file, { line, column: 1 });
  const end = file.text.indexOf("\n", start);
  return { file, start, end: end === -1 ? file.text.length : end };
}

/** A line of the file as cells, and the number of its last line, from 1. */
interface CsvLine {
  readonly cells: readonly string[];
  readonly line: number;
}

/** What the CSV parser refuses, in the voice of tsdbt. `read` are the lines before. */
function syntaxError(file: SourceFile, cause: CsvError, read: readonly CsvLine[]): Diagnostic {
  if (cause.code === "CSV_QUOTE_NOT_CLOSED") {
    const span = lineSpan(file, (read.at(-1)?.line ?? 0) + 1);
    return error("csv-syntax", "A quote is opened in this line and never closed.", { span });
  }
  const { lines } = cause;
  return error("csv-syntax", "A quote within a cell has to be doubled, and the cell to stand in quotes.", {
    span: lineSpan(file, typeof lines === "number" ? lines : 1),
  });
}

function readLines(file: SourceFile, delimiter: string): Checked<readonly CsvLine[]> {
  const read: CsvLine[] = [];
  try {
    parse(file.text, {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells, { lines }) => {
        read.push({ cells, line: lines });
        return null;
      },
    });
    return passed(read);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    return failed(syntaxError(file, cause, read));
  }
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function checkLengths(file: SourceFile, header: readonly string[], rows: readonly CsvLine[]): readonly Diagnostic[] {
  return rows
    .filter(({ cells }) => cells.length !== header.length)
    .map(({ cells, line }) =>
      error(
        "csv-syntax",
        `This line has ${count(cells.length, "cell")}, but the seed has ${count(header.length, "column")}.`,
        { span: lineSpan(file, line) },
      ),
    );
}

function checkHeader(file: SourceFile, header: readonly string[]): readonly Diagnostic[] {
  const span = lineSpan(file, 1);
  const known = new Set<string>();
  return header.flatMap((name, index) => {
    if (name.trim() === "") return [error("seed-header", `Column ${index + 1} of the seed has no name.`, { span })];
    const isTwin = known.has(name.toLowerCase());
    known.add(name.toLowerCase());
    return isTwin ? [error("duplicate-column", `The seed has two columns "${name}".`, { span })] : [];
  });
}

/** Parses a seed: a header line, then rows. Types are inferred from all rows where the author gives none. */
export function parseSeed(file: SourceFile, { delimiter, types }: SeedFormat): Checked<SeedTable> {
  const lines = readLines(file, delimiter);
  if (!lines.ok) return lines;
  const [header, ...rows] = lines.value;
  if (header === undefined)
    return failed(error("empty-seed", "A seed needs a header line.", { span: { file, start: 0, end: 0 } }));
  const faults = [...checkHeader(file, header.cells), ...checkLengths(file, header.cells, rows)];
  if (faults.length > 0) return failed(...faults);
  const columns = header.cells.map((name, index) => {
    const cells = rows.map((row) => row.cells[index] ?? "");
    const type = types.get(name.toLowerCase());
    return { name, ...(type === undefined ? inferType(cells) : cellsOfType(type, cells)) };
  });
  return passed({
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((_, index) => columns.map(({ cells }) => cells[index] ?? null)),
  });
}
