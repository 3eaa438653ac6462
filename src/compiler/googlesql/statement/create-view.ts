import { type Code, codeText, joinCode, newLine, placed, quoteName } from "../code.ts";
import { translateTopQuery } from "../emit/query.ts";
import { prelude, usedNames } from "../prelude/prelude.ts";
import { readQueryAt } from "../read/read-text.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { typeText } from "../type/data-type.ts";
import { skipStorage } from "./create-table.ts";
import { accept, type Cursor, expect, openCursor, peek, readName, readPath, skipOptions, takeList } from "./cursor.ts";
import { relationCode, type ScriptContext } from "./script-context.ts";

/** Translates CREATE VIEW, the words up to VIEW being read. A materialized view becomes a table of its rows. */
export function translateCreateView(
  cursor: Cursor,
  creation: { readonly isReplacing: boolean; readonly isMaterialized: boolean },
  script: ScriptContext,
): readonly Code[] {
  const isCareful = accept(cursor, "IF", "NOT", "EXISTS");
  const path = readPath(cursor);
  const names =
    peek(cursor)?.text === "("
      ? takeList(cursor).map((range) => {
          const part = openCursor(script.source, range);
          const name = readName(part);
          skipOptions(part);
          return name;
        })
      : undefined;
  skipStorage(cursor);
  expect(cursor, "AS");
  const query = readQueryAt(script.source, { from: cursor.at, to: cursor.end });
  const result = translateTopQuery(query, script.context);
  if (names !== undefined && names.length !== result.columns.length)
    refuse(
      "set-operation-width",
      `The view names ${names.length} columns and its query has ${result.columns.length}.`,
      query,
    );
  if (!creation.isMaterialized) requirePortable(path.parts.join("."), result.code, path);
  const columns = result.columns.map((column, index) => ({
    name: names?.[index]?.text ?? column.emitted,
    type: typeText(column.type),
  }));
  script.tables.define(path.parts, columns);
  const list =
    names === undefined
      ? ""
      : [
          " (",
          joinCode(
            columns.map((column) => quoteName(column.name)),
            ", ",
          ),
          ")",
        ];
  const kind = creation.isMaterialized ? "TABLE " : "VIEW ";
  return [
    [
      [creation.isReplacing ? "CREATE OR REPLACE " : "CREATE ", kind, isCareful ? "IF NOT EXISTS " : ""],
      [placed(path, relationCode(path.parts)), creation.isMaterialized ? "" : list, " AS", newLine],
      creation.isMaterialized && names !== undefined ? renamed(result.code, columns) : result.code,
    ],
  ];
}

function renamed(code: Code, columns: readonly { readonly name: string }[]): Code {
  return [
    "SELECT * FROM (",
    code,
    ') AS "q"(',
    joinCode(
      columns.map((column) => quoteName(column.name)),
      ", ",
    ),
    ")",
  ];
}

/** A view lives longer than a connection, and native functions do not. */
function requirePortable(name: string, code: Code, place: { readonly start: number; readonly end: number }): void {
  const native = nativeNames(usedNames(codeText(code)));
  const [first] = native;
  if (first === undefined) return;
  refuseUnsupported(
    `The view "${name}", whose query needs ${native.length === 1 ? `the function ${first}` : `${native.length} functions`} of this program,`,
    place,
    "Make it a table: no other client of the database could read the view.",
  );
}

/** Those of the prelude's names that are functions of this program and not SQL. */
function nativeNames(names: readonly string[]): readonly string[] {
  return names.filter((name) => prelude.get(name)?.kind === "native");
}
