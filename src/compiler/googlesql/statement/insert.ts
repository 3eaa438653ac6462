import { type Code, joinCode, newLine, placed, quoteName } from "../code.ts";
import { translateQuery } from "../emit/query.ts";
import { type Range, splitAtCommas } from "../read/outline.ts";
import { readQueryAt, readValueAt } from "../read/read-text.ts";
import { refuse } from "../refusal.ts";
import { isSameType } from "../type/data-type.ts";
import { makeValue } from "../value.ts";
import type { Context } from "../emit/context.ts";
import {
  accept,
  acceptSymbol,
  type Cursor,
  expectEnd,
  here,
  openCursor,
  peek,
  readName,
  readPath,
  takeBracket,
  takeList,
} from "./cursor.ts";
import { relationCode, type ScriptContext, targetTable } from "./script-context.ts";
import { allColumns, assigned, findTarget, type TargetColumn } from "./target-columns.ts";

/** Translates INSERT, the word itself being read. */
export function translateInsert(cursor: Cursor, script: ScriptContext): readonly Code[] {
  accept(cursor, "INTO");
  const path = readPath(cursor);
  const table = targetTable(path, script);
  const first = peek(cursor, 1);
  const isName =
    first?.kind === "quoted" || (first?.kind === "word" && first.upper !== "SELECT" && first.upper !== "WITH");
  const isColumnList = peek(cursor)?.text === "(" && isName;
  const columns = isColumnList
    ? takeList(cursor).map((range) => findTarget(table, readName(openCursor(script.source, range))))
    : allColumns(table);
  const head: Code = ["INSERT INTO ", placed(path, relationCode(table.relation)), " (", columnList(columns), ")"];
  if (accept(cursor, "VALUES")) return [[head, newLine, "VALUES ", takeRows(cursor, columns, script)]];
  const query = readQueryAt(script.source, { from: cursor.at, to: cursor.end });
  const result = translateQuery(query, script.context);
  if (result.columns.length !== columns.length)
    refuse(
      "set-operation-width",
      `INSERT names ${columns.length} columns, and its query has ${result.columns.length}.`,
      query,
    );
  if (result.columns.every((column, index) => isSameType(column.type, columns[index]?.type ?? column.type)))
    return [[head, newLine, result.code]];
  const items = result.columns.map((column, index): Code => {
    const target = columns[index];
    const value = makeValue({
      code: quoteName(column.emitted),
      type: column.type,
      place: query,
      constant: column.constant,
    });
    return target === undefined ? value.code : assigned(value, target).code;
  });
  return [[head, newLine, "SELECT ", joinCode(items, ", "), " FROM (", result.code, ') AS "q"']];
}

/** The names of columns with commas. */
export function columnList(columns: readonly TargetColumn[]): Code {
  return joinCode(
    columns.map((column) => quoteName(column.name)),
    ", ",
  );
}

function takeRows(cursor: Cursor, columns: readonly TargetColumn[], script: ScriptContext): Code {
  const rows: Code[] = [];
  do {
    const inside = takeBracket(cursor);
    if (inside === undefined) refuse("syntax-error", "A row of VALUES was expected here.", here(cursor));
    rows.push(rowCode({ inside, columns, context: script.context }, script));
  } while (acceptSymbol(cursor, ","));
  expectEnd(cursor);
  return joinCode(rows, ", ");
}

/** A row of values in round brackets, each as its column takes it. */
export function rowCode(
  row: { readonly inside: Range; readonly columns: readonly TargetColumn[]; readonly context: Context },
  script: ScriptContext,
): Code {
  const parts = splitAtCommas(script.source.outline, row.inside);
  const place = here(openCursor(script.source, row.inside));
  if (parts.length !== row.columns.length)
    refuse("set-operation-width", `${parts.length} values are given for ${row.columns.length} columns.`, place);
  const values = parts.map((range, index): Code => {
    const target = row.columns[index];
    if (range.to - range.from === 1 && script.source.outline.tokens[range.from]?.upper === "DEFAULT") return "DEFAULT";
    const value = script.translation.translateExpression(readValueAt(script.source, range), row.context);
    return target === undefined ? value.code : assigned(value, target).code;
  });
  return ["(", joinCode(values, ", "), ")"];
}
