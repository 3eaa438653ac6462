import { type Code, placed, quoteName } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { CatalogTable } from "../emit/context.ts";
import type { Name } from "../syntax.ts";
import { typeText } from "../type/data-type.ts";
import { duckdbType } from "../type/duckdb-type.ts";
import { splitAtCommas } from "../read/outline.ts";
import { readColumn } from "./create-table.ts";
import {
  accept,
  type Cursor,
  expect,
  expectEnd,
  here,
  openCursor,
  readName,
  readPath,
  readType,
  skipOptions,
} from "./cursor.ts";
import { relationCode, type ScriptContext, targetTable } from "./script-context.ts";

/** Translates DROP, the word itself being read. */
export function translateDrop(cursor: Cursor, script: ScriptContext): readonly Code[] {
  const kind = accept(cursor, "MATERIALIZED", "VIEW")
    ? "TABLE"
    : accept(cursor, "TABLE")
      ? "TABLE"
      : accept(cursor, "VIEW")
        ? "VIEW"
        : accept(cursor, "SCHEMA")
          ? "SCHEMA"
          : refuseUnsupported("This kind of DROP", here(cursor));
  const isCareful = accept(cursor, "IF", "EXISTS");
  const path = readPath(cursor);
  const cascade = accept(cursor, "CASCADE") ? " CASCADE" : "";
  accept(cursor, "RESTRICT");
  expectEnd(cursor);
  const known = kind === "SCHEMA" ? undefined : script.tables.find(path.parts);
  if (kind !== "SCHEMA" && known === undefined && !isCareful) targetTable(path, script);
  if (kind !== "SCHEMA") script.tables.forget(path.parts);
  return [
    [
      `DROP ${kind} ${isCareful ? "IF EXISTS " : ""}`,
      placed(path, relationCode(known?.relation ?? path.parts)),
      cascade,
    ],
  ];
}

/** Translates CREATE SCHEMA, both words being read. */
export function translateCreateSchema(cursor: Cursor): readonly Code[] {
  const isCareful = accept(cursor, "IF", "NOT", "EXISTS");
  const path = readPath(cursor);
  skipOptions(cursor);
  expectEnd(cursor);
  return [[`CREATE SCHEMA ${isCareful ? "IF NOT EXISTS " : ""}`, placed(path, relationCode(path.parts))]];
}

/** Translates TRUNCATE TABLE, both words being read. */
export function translateTruncate(cursor: Cursor, script: ScriptContext): readonly Code[] {
  const path = readPath(cursor);
  expectEnd(cursor);
  return [["TRUNCATE ", placed(path, relationCode(targetTable(path, script).relation))]];
}

/** Translates ALTER TABLE, both words being read: one DuckDB statement for each change. */
export function translateAlterTable(cursor: Cursor, script: ScriptContext): readonly Code[] {
  const isCareful = accept(cursor, "IF", "EXISTS");
  const path = readPath(cursor);
  const table = targetTable(path, script);
  const head: Code = [`ALTER TABLE ${isCareful ? "IF EXISTS " : ""}`, placed(path, relationCode(table.relation)), " "];
  const changes = splitAtCommas(cursor.outline, { from: cursor.at, to: cursor.end });
  cursor.at = cursor.end;
  return changes.flatMap((range) => {
    const part = openCursor(script.source, range);
    const change = alterOnce(part, { parts: path.parts, table: script.tables.find(path.parts) ?? table }, script);
    expectEnd(part);
    return change === undefined ? [] : [[head, change]];
  });
}

interface Altered {
  readonly parts: readonly string[];
  readonly table: CatalogTable;
}

/** One change; `undefined` for one that no query can see. */
function alterOnce(part: Cursor, { parts, table }: Altered, script: ScriptContext): Code | undefined {
  if (accept(part, "SET", "OPTIONS")) {
    part.at = part.end;
    return undefined;
  }
  if (accept(part, "ADD", "COLUMN")) {
    const isCareful = accept(part, "IF", "NOT", "EXISTS");
    const column = readColumn(part, script);
    const isThere = hasColumn(table, column.name);
    if (isThere && !isCareful)
      refuse("duplicate-column", `The table has a column "${column.name.text}" already.`, column.name);
    if (!isThere)
      script.tables.define(
        parts,
        [...table.columns, { name: column.name.text, type: typeText(column.type) }],
        table.relation,
      );
    return ["ADD COLUMN ", isCareful ? "IF NOT EXISTS " : "", column.code];
  }
  if (accept(part, "DROP", "COLUMN")) {
    const isCareful = accept(part, "IF", "EXISTS");
    const name = readName(part);
    if (!isCareful) requireColumn(table, name);
    const key = name.text.toLowerCase();
    script.tables.define(
      parts,
      table.columns.filter((column) => column.name.toLowerCase() !== key),
      table.relation,
    );
    return ["DROP COLUMN ", isCareful ? "IF EXISTS " : "", placed(name, quoteName(name.text))];
  }
  if (accept(part, "RENAME", "COLUMN")) {
    const name = readName(part);
    expect(part, "TO");
    const to = readName(part);
    requireColumn(table, name);
    const key = name.text.toLowerCase();
    const columns = table.columns.map((column) =>
      column.name.toLowerCase() === key ? { ...column, name: to.text } : column,
    );
    script.tables.define(parts, columns, table.relation);
    return ["RENAME COLUMN ", placed(name, quoteName(name.text)), " TO ", placed(to, quoteName(to.text))];
  }
  if (accept(part, "RENAME", "TO")) {
    const to = readName(part);
    const relation = [...table.relation.slice(0, -1), to.text];
    script.tables.forget(parts);
    script.tables.define([...parts.slice(0, -1), to.text], table.columns, relation);
    return ["RENAME TO ", placed(to, quoteName(to.text))];
  }
  if (accept(part, "ALTER", "COLUMN")) return alterColumn(part, { parts, table }, script);
  return refuseUnsupported("This change of a table", here(part));
}

function alterColumn(part: Cursor, { parts, table }: Altered, script: ScriptContext): Code | undefined {
  const name = readName(part);
  requireColumn(table, name);
  const column: Code = ["ALTER COLUMN ", placed(name, quoteName(name.text))];
  if (accept(part, "SET", "OPTIONS")) {
    part.at = part.end;
    return undefined;
  }
  if (accept(part, "DROP", "NOT", "NULL")) return [column, " DROP NOT NULL"];
  if (accept(part, "DROP", "DEFAULT")) return [column, " DROP DEFAULT"];
  if (accept(part, "SET", "DATA", "TYPE")) {
    const { type } = readType(part);
    const key = name.text.toLowerCase();
    const columns = table.columns.map((known) =>
      known.name.toLowerCase() === key ? { ...known, type: typeText(type) } : known,
    );
    script.tables.define(parts, columns, table.relation);
    return [column, ` SET DATA TYPE ${duckdbType(type) ?? ""}`];
  }
  return refuseUnsupported("This change of a column", here(part));
}

function hasColumn(table: CatalogTable, name: Name): boolean {
  return table.columns.some((column) => column.name.toLowerCase() === name.text.toLowerCase());
}

function requireColumn(table: CatalogTable, name: Name): void {
  if (hasColumn(table, name)) return;
  const known = table.columns.map((column) => column.name);
  refuse("unknown-column", `There is no column "${name.text}" in the table.`, name, didYouMean(name.text, known));
}
