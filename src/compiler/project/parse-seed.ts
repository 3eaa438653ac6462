import { CsvError, parse } from "csv-parse/sync";
import type { Column } from "../../domain/column.ts";
import { type Checked, error, failed, passed } from "../../domain/diagnostic.ts";
import { offsetAt, type SourceFile } from "../../domain/source-file.ts";

/** The table in a CSV file: cells are text or, where the file has nothing or `null`, NULL. */
export interface SeedTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The types that dbt infers, in the order in which it tries them; what none of them reads is text. */
const inferred: readonly { readonly type: string; readonly reads: RegExp }[] = [
  { type: "INT64", reads: /^[+-]?\d{1,18}$/u },
  { type: "FLOAT64", reads: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u },
  { type: "DATE", reads: /^\d{4}-\d{2}-\d{2}$/u },
  { type: "DATETIME", reads: /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?$/u },
  { type: "BOOL", reads: /^(?:true|false)$/iu },
];

function typeOf(cells: readonly (string | null)[]): string {
  const texts = cells.filter((cell) => cell !== null);
  if (texts.length === 0) return "STRING";
  return inferred.find(({ reads }) => texts.every((text) => reads.test(text)))?.type ?? "STRING";
}

function readLines(file: SourceFile): readonly (readonly string[])[] {
  return parse(file.text, { bom: true, skip_empty_lines: true, relax_column_count: false });
}

/** Parses a seed with a header line; types are inferred from all rows as dbt does. `types` (lower-case names) overrule them. */
export function parseSeed(file: SourceFile, types: Readonly<Record<string, string>>): Checked<SeedTable> {
  try {
    const [header, ...lines] = readLines(file);
    if (header === undefined)
      return failed(error("empty-seed", "A seed needs a header line.", { span: { file, start: 0, end: 0 } }));
    const rows = lines.map((line) => line.map((cell) => (/^(?:null)?$/iu.test(cell) ? null : cell)));
    const columns = header.map((name, index) => ({
      name,
      type: types[name.toLowerCase()] ?? typeOf(rows.map((row) => row[index] ?? null)),
    }));
    const twin = columns.find(({ name }, index) =>
      columns.slice(0, index).some((known) => known.name.toLowerCase() === name.toLowerCase()),
    );
    if (twin !== undefined)
      return failed(
        error("duplicate-column", `The seed has two columns "${twin.name}".`, { span: { file, start: 0, end: 0 } }),
      );
    return passed({ columns, rows });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line: unknown = Reflect.get(cause, "lines");
    const start = offsetAt(file, { line: typeof line === "number" ? line : 1, column: 1 });
    return failed(
      error("csv-syntax", `${cause.message.replace(/\.$/u, "")}.`, { span: { file, start, end: start + 1 } }),
    );
  }
}
