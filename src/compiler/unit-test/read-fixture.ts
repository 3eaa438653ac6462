import { type Checked, error, failed, passed } from "../../domain/diagnostic.ts";
import { isDataMap } from "../../domain/data.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";
import { sqlFrom, sqlWithOrigins, trimSql } from "../../domain/sql.ts";
import type { Fixture, FixtureRow } from "../../domain/unit-test.ts";
import { didYouMean } from "../nearest-name.ts";
import { yamlData } from "../project/parse-yaml.ts";
import { readCsvLines } from "../project/parse-seed.ts";
import type { ResourceFile } from "../project/project-files.ts";
import type { FixtureDeclaration } from "../project/unit-test-declaration.ts";

/** Cells are text; one of nothing, or that says null, is NULL, as in dbt. */
function csvRows(text: string, span: Span): Checked<readonly FixtureRow[]> {
  const lines = readCsvLines({ path: span.file.path, text }, ",");
  if (!lines.ok) return failed(...lines.diagnostics.map((fault) => ({ ...fault, span })));
  const [header, ...rows] = lines.value;
  const cellOf = (cell: string | undefined): string | null => {
    const trimmed = cell?.trim() ?? "";
    return trimmed === "" || /^null$/iu.test(trimmed) ? null : trimmed;
  };
  const names = header?.cells.map((name) => name.trim()) ?? [];
  return passed(
    rows.map(({ cells }) => Object.fromEntries(names.map((name, index) => [name, cellOf(cells[index])] as const))),
  );
}

function wholeFile(file: SourceFile): Span {
  return { file, start: 0, end: file.text.length };
}

/** The file that a fixture names: `name`, with or without its extension, below a folder of fixtures. */
function findFile(
  { file, format }: FixtureDeclaration,
  files: readonly ResourceFile[],
): Checked<SourceFile | undefined> {
  if (file === undefined) return passed(undefined);
  const wanted = file.value.replace(/\.(?:csv|sql)$/u, "");
  const nameOf = ({ path }: SourceFile): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/u, "");
  const those = files.map((each) => each.file).filter(({ path }) => path.endsWith(`.${format}`));
  const found = those.find((each) => nameOf(each) === wanted);
  if (found !== undefined) return passed(found);
  return failed(
    error("fixture", `There is no file "${wanted}.${format}" among the fixtures.`, {
      span: file.span,
      hint: didYouMean(wanted, those.map(nameOf)) ?? "Fixtures lie in tests/fixtures.",
    }),
  );
}

/** The rows or the query of a fixture, from where they are written or from their file. */
export function readFixture(declaration: FixtureDeclaration, files: readonly ResourceFile[]): Checked<Fixture> {
  const { format, rows, node } = declaration;
  const file = findFile(declaration, files);
  if (!file.ok) return file;
  const span = file.value === undefined ? (rows?.span ?? node.span) : wholeFile(file.value);
  const written = rows === undefined || (rows.kind === "scalar" && rows.value === null) ? undefined : rows;
  const text = file.value?.text ?? (written?.kind === "scalar" ? written.written : undefined);
  if (format === "dict") {
    if (file.value !== undefined)
      return failed(error("fixture", "A file of a fixture has the format csv or sql.", { span: node.span }));
    const data = written === undefined ? [] : yamlData(written);
    if (Array.isArray(data) && data.every(isDataMap)) return passed({ kind: "rows", rows: data, span });
    return failed(error("fixture", "Rows of the format dict are a list of mappings.", { span }));
  }
  if (text === undefined) {
    if (written === undefined && format === "csv") return passed({ kind: "rows", rows: [], span });
    return failed(error("fixture", `Rows of the format ${format} are a text.`, { span }));
  }
  if (format === "csv") {
    const read = csvRows(text, span);
    return read.ok ? passed({ kind: "rows", rows: read.value, span }) : read;
  }
  const query =
    file.value === undefined ? sqlFrom(span, text) : sqlWithOrigins(text, [{ at: 0, length: text.length, span }]);
  return passed({ kind: "query", query: trimSql(query), span });
}
