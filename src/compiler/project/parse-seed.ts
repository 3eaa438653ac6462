import { CsvError, parse } from "csv-parse/sync";
import type { Column } from "../../domain/column.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";
import { cellSpan, lineSpan } from "./cell-span.ts";
import { type Cell, cellsOfType, inferType } from "./infer-type.ts";

/** The table in a CSV file. */
export interface SeedTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The line on which each row begins, from 1. */
  readonly lines: readonly number[];
}

/** How a seed's file is to be read. */
export interface SeedFormat {
  readonly delimiter: string;
  /** What the types are called. */
  readonly dialect: DialectName;
  /** Types that the author gives, by column name in lower case: they overrule what is inferred. */
  readonly types: ReadonlyMap<string, string>;
}

/** A line of the file as cells, and the numbers of its first and its last line, from 1. */
export interface CsvLine {
  readonly cells: readonly string[];
  readonly first: number;
  readonly line: number;
}

/** Where the file reads on behind the lines that were read: empty ones are passed over. */
function lineAfter({ text }: SourceFile, read: readonly CsvLine[]): number {
  const lines = text.split(/\r\n|\r|\n/u);
  let line = (read.at(-1)?.line ?? 0) + 1;
  while (lines[line - 1] === "" && line < lines.length) line += 1;
  return line;
}

/** What the CSV parser refuses, in the voice of tsdbt. `read` are the lines before. */
function syntaxError(
  file: SourceFile,
  cause: CsvError,
  { read, delimiter }: { readonly read: readonly CsvLine[]; readonly delimiter: string },
): Diagnostic {
  const { column } = cause;
  const line = lineAfter(file, read);
  const cell = { line, index: typeof column === "number" ? column : 0, delimiter };
  if (cause.code === "CSV_QUOTE_NOT_CLOSED") {
    const { start } = cellSpan(file, cell);
    const span = { file, start, end: lineSpan(file, line).end };
    return error("csv-syntax", "A quote is opened here and never closed.", { span });
  }
  return error("csv-syntax", "A quote within a cell has to be doubled, and the cell to stand in quotes.", {
    span: cellSpan(file, cell),
  });
}

/** The lines of a CSV file as cells, the header among them; empty ones are passed over. */
export function readCsvLines(file: SourceFile, delimiter: string): Checked<readonly CsvLine[]> {
  const read: CsvLine[] = [];
  let twice = 0;
  try {
    parse(file.text, {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells, { lines }) => {
        const text = cells.join("");
        // The parser counts a line break of Windows twice where it stands within quotes.
        twice += text.split("\r\n").length - 1;
        const line = lines - twice;
        read.push({ cells, first: line - (text.split("\n").length - 1), line });
        return null;
      },
    });
    return passed(read);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    return failed(syntaxError(file, cause, { read, delimiter }));
  }
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

/** A line with too many cells is told at the first that has no column, one with too few as a whole. */
function checkLengths(
  file: SourceFile,
  header: readonly string[],
  { rows, delimiter }: { readonly rows: readonly CsvLine[]; readonly delimiter: string },
): readonly Diagnostic[] {
  const spanOf = ({ cells, first, line }: CsvLine): Span => {
    const whole = { ...lineSpan(file, first), end: lineSpan(file, line).end };
    if (cells.length < header.length) return whole;
    return { ...whole, start: cellSpan(file, { line: first, index: header.length, delimiter }).start };
  };
  return rows
    .filter(({ cells }) => cells.length !== header.length)
    .map((row) =>
      error(
        "csv-syntax",
        `This line has ${count(row.cells.length, "cell")}, but the seed has ${count(header.length, "column")}.`,
        { span: spanOf(row) },
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
export function parseSeed(file: SourceFile, { delimiter, dialect, types }: SeedFormat): Checked<SeedTable> {
  const lines = readCsvLines(file, delimiter);
  if (!lines.ok) return lines;
  const [header, ...rows] = lines.value;
  if (header === undefined)
    return failed(error("empty-seed", "A seed needs a header line.", { span: { file, start: 0, end: 0 } }));
  const faults = [...checkHeader(file, header.cells), ...checkLengths(file, header.cells, { rows, delimiter })];
  if (faults.length > 0) return failed(...faults);
  const columns = header.cells.map((name, index) => {
    const cells = rows.map((row) => row.cells[index] ?? "");
    const type = types.get(name.toLowerCase());
    return { name, ...(type === undefined ? inferType(cells, dialect) : cellsOfType(type, cells)) };
  });
  return passed({
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((_, index) => columns.map(({ cells }) => cells[index] ?? null)),
    lines: rows.map(({ first }) => first),
  });
}
