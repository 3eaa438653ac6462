import type { Column } from "../../../domain/column.ts";
import { type Code, joinCode, newLine, placed, quoteName } from "../code.ts";
import { translateTopQuery } from "../emit/query.ts";
import type { Range } from "../read/outline.ts";
import { unboundedType } from "../read/parse-type.ts";
import { readQueryAt, readValueAt } from "../read/read-text.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { cast, coerce } from "../type/cast.ts";
import { type DataType, typeText } from "../type/data-type.ts";
import { duckdbType } from "../type/duckdb-type.ts";
import { makeValue } from "../value.ts";
import {
  accept,
  acceptSymbol,
  type Cursor,
  expectEnd,
  here,
  openCursor,
  type Path,
  peek,
  readName,
  readPath,
  readType,
  skipOptions,
  takeList,
  takeUntil,
} from "./cursor.ts";
import { relationCode, type ScriptContext, targetTable } from "./script-context.ts";

/** How a CREATE statement begins. */
export interface Creation {
  readonly isReplacing: boolean;
  readonly isTemporary: boolean;
}

/** Translates CREATE TABLE, the words up to TABLE being read: with columns, AS a query, or LIKE, CLONE or COPY of a table. */
export function translateCreateTable(cursor: Cursor, creation: Creation, script: ScriptContext): readonly Code[] {
  const isCareful = accept(cursor, "IF", "NOT", "EXISTS");
  const path = readPath(cursor);
  const head: Code = [
    creation.isReplacing ? "CREATE OR REPLACE " : "CREATE ",
    creation.isTemporary ? "TEMP TABLE " : "TABLE ",
    isCareful ? "IF NOT EXISTS " : "",
    placed(path, relationCode(path.parts)),
  ];
  if (accept(cursor, "LIKE")) return [copied(cursor, { head, path, hasRows: false }, script)];
  if (accept(cursor, "CLONE") || accept(cursor, "COPY")) return [copied(cursor, { head, path, hasRows: true }, script)];
  const columns = peek(cursor)?.text === "(" ? takeColumns(cursor, script) : undefined;
  skipStorage(cursor);
  if (accept(cursor, "AS")) return [fromQuery(cursor, { head, path, columns }, script)];
  expectEnd(cursor);
  if (columns === undefined) refuse("syntax-error", "A table needs columns or AS with a query.", path);
  script.tables.define(path.parts, columns.map(columnOf));
  return [
    [
      head,
      " (",
      joinCode(
        columns.map((column) => column.code),
        ", ",
      ),
      ")",
    ],
  ];
}

function columnOf({ name, type }: TableColumn): Column {
  return { name: name.text, type: typeText(type) };
}

/** PARTITION BY, CLUSTER BY and OPTIONS: how BigQuery stores the table, which no query can see. */
export function skipStorage(cursor: Cursor): void {
  if (accept(cursor, "DEFAULT", "COLLATE")) refuseUnsupported("DEFAULT COLLATE", here(cursor));
  if (accept(cursor, "PARTITION", "BY")) takeUntil(cursor, "CLUSTER", "OPTIONS", "AS");
  if (accept(cursor, "CLUSTER", "BY")) takeUntil(cursor, "OPTIONS", "AS");
  skipOptions(cursor);
}

interface TableHead {
  readonly head: Code;
  readonly path: Path;
}

function copied(cursor: Cursor, table: TableHead & { readonly hasRows: boolean }, script: ScriptContext): Code {
  const origin = readPath(cursor);
  skipOptions(cursor);
  expectEnd(cursor);
  const { relation, columns } = targetTable(origin, script);
  script.tables.define(table.path.parts, columns);
  const rows = table.hasRows ? "" : " WHERE FALSE";
  return [table.head, " AS SELECT * FROM ", placed(origin, relationCode(relation)), rows];
}

function fromQuery(
  cursor: Cursor,
  table: TableHead & { readonly columns: readonly TableColumn[] | undefined },
  script: ScriptContext,
): Code {
  const query = readQueryAt(script.source, { from: cursor.at, to: cursor.end });
  const result = translateTopQuery(query, script.context);
  const { columns } = table;
  if (columns === undefined) {
    script.tables.define(
      table.path.parts,
      result.columns.map(({ emitted, type }) => ({ name: emitted, type: typeText(type) })),
    );
    return [table.head, " AS", newLine, result.code];
  }
  if (columns.length !== result.columns.length)
    refuse(
      "set-operation-width",
      `The table has ${columns.length} columns and its query ${result.columns.length}.`,
      query,
    );
  const items = result.columns.map((column, index): Code => {
    const wanted = columns[index];
    const value = makeValue({
      code: quoteName(column.emitted),
      type: column.type,
      place: query,
      constant: column.constant,
    });
    const converted = wanted === undefined ? value : (coerce(value, wanted.type) ?? cast(value, wanted.type));
    return [converted.code, " AS ", quoteName(wanted?.name.text ?? column.emitted)];
  });
  script.tables.define(table.path.parts, columns.map(columnOf));
  return [table.head, " AS", newLine, "SELECT ", joinCode(items, ", "), " FROM (", result.code, ') AS "q"'];
}

interface TableColumn {
  readonly name: Name;
  readonly type: DataType;
  readonly code: Code;
}

/** The parts of a table's definition: the commas of a STRUCT's fields divide none. */
function takeDefinitions(cursor: Cursor): readonly Range[] {
  const ranges: Range[] = [];
  let depth = 0;
  for (const range of takeList(cursor)) {
    const open = depth > 0 ? ranges.pop() : undefined;
    ranges.push({ from: open?.from ?? range.from, to: range.to });
    for (const { kind, text } of cursor.outline.tokens.slice(range.from, range.to))
      if (kind === "symbol") depth += text === "<" ? 1 : /^>+$/u.test(text) ? -text.length : 0;
  }
  return ranges;
}

/** The columns of a table's definition; keys, which BigQuery does not enforce, are passed over. */
function takeColumns(cursor: Cursor, script: ScriptContext): readonly TableColumn[] {
  return takeDefinitions(cursor).flatMap((range) => {
    const part = openCursor(script.source, range);
    const isConstraint =
      ["PRIMARY", "FOREIGN", "CONSTRAINT"].includes(peek(part)?.upper ?? "") && peek(part, 1)?.upper !== "";
    return isConstraint &&
      peek(part, 1)?.kind === "word" &&
      ["KEY", "PRIMARY", "FOREIGN"].some((word) => peek(part, 1)?.upper === word || peek(part, 2)?.upper === word)
      ? []
      : [readColumn(part, script)];
  });
}

/** Reads the definition of a column. */
export function readColumn(part: Cursor, script: ScriptContext): TableColumn {
  const name = readName(part);
  const type = unboundedType(readType(part));
  const text = duckdbType(type);
  if (text === undefined) throw new Error("A declared type is known.");
  let constraints: Code = "";
  while (part.at < part.end) {
    if (accept(part, "NOT", "NULL")) constraints = [constraints, " NOT NULL"];
    else if (accept(part, "DEFAULT")) constraints = [constraints, defaultCode(part, type, script)];
    else if (accept(part, "PRIMARY", "KEY") || accept(part, "NOT", "ENFORCED")) continue;
    else if (peek(part)?.upper === "OPTIONS") skipOptions(part);
    else if (acceptSymbol(part, ",")) continue;
    else expectEnd(part);
  }
  return { name, type, code: [placed(name, quoteName(name.text)), ` ${text}`, constraints] };
}

function defaultCode(part: Cursor, type: DataType, script: ScriptContext): Code {
  const range = takeUntil(part, "OPTIONS", "NOT");
  const value = script.translation.translateExpression(readValueAt(script.source, range), script.context);
  const fitted = coerce(value, type);
  if (fitted === undefined)
    refuse(
      "argument-type",
      `The default of a column of type ${typeText(type)} cannot be of type ${typeText(value.type)}.`,
      value.place,
    );
  return [" DEFAULT ", "(", fitted.code, ")"];
}
