import { type Code, joinCode, newLine, placed, quoteName } from "../code.ts";
import type { CatalogTable, Context } from "../emit/context.ts";
import { addRelation, translateFrom } from "../emit/from.ts";
import { requireCondition } from "../emit/operators.ts";
import { type Range, splitAtCommas, surface } from "../read/outline.ts";
import { parseType } from "../read/parse-type.ts";
import { readFromAt } from "../read/read-from.ts";
import { readValueAt } from "../read/read-text.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { openScope, type Scope } from "../scope/scope.ts";
import type { Name } from "../syntax.ts";
import type { Value } from "../value.ts";
import {
  accept,
  type Cursor,
  expect,
  expectEnd,
  here,
  type Path,
  peek,
  readName,
  readPath,
  takeUntil,
} from "./cursor.ts";
import { relationCode, type ScriptContext, targetTable } from "./script-context.ts";
import { assigned, findTarget } from "./target-columns.ts";

/** The table that a statement changes, in scope under its alias. */
export interface Target {
  readonly table: CatalogTable;
  readonly path: Path;
  readonly alias: Name;
  readonly code: Code;
  readonly context: Context;
}

/** Reads a table with an alias and opens a scope that sees its columns. */
export function openTarget(cursor: Cursor, script: ScriptContext, ...next: readonly string[]): Target {
  const path = readPath(cursor);
  const table = targetTable(path, script);
  const hasAlias = accept(cursor, "AS") || (peek(cursor) !== undefined && !next.includes(peek(cursor)?.upper ?? ""));
  const alias = hasAlias ? readName(cursor) : { text: path.parts.at(-1) ?? "", start: path.start, end: path.end };
  const scope = openScope(script.context.scope);
  const context = { ...script.context, scope };
  const code = addTarget({ table, path, alias }, context);
  return { table, path, alias, code, context };
}

/** Adds a target to the scope of a context and gives its code with its alias. */
function addTarget(target: Pick<Target, "table" | "path" | "alias">, context: Context): Code {
  const { table, path, alias } = target;
  const columns = table.columns.map((column) => ({
    name: column.name,
    emitted: column.name,
    type: parseType(column.type),
    sources: [{ table: path.parts, column: column.name }],
    isNullable: true,
    constant: undefined,
  }));
  const code = placed(path, relationCode(table.relation));
  return addRelation({ alias, columns, valueType: undefined }, { context, code, ownName: table.relation.at(-1) });
}

/** The condition of a clause. */
export function conditionAt(range: Range, context: Context, script: ScriptContext): Value {
  const value = script.translation.translateExpression(readValueAt(script.source, range), context);
  requireCondition(value, context.clause);
  return value;
}

/** Translates UPDATE, the word itself being read. A row that two rows of FROM would change is an error, as in BigQuery. */
export function translateUpdate(cursor: Cursor, script: ScriptContext): readonly Code[] {
  const target = openTarget(cursor, script, "SET");
  expect(cursor, "SET");
  const assignments = splitAtCommas(cursor.outline, takeUntil(cursor, "FROM", "WHERE"));
  const context: Context = { ...target.context, clause: "UPDATE" };
  const from = accept(cursor, "FROM")
    ? translateFrom(readFromAt(script.source, takeUntil(cursor, "WHERE")), context)
    : undefined;
  expect(cursor, "WHERE");
  const where = conditionAt({ from: cursor.at, to: cursor.end }, { ...context, clause: "WHERE" }, script);
  const set = assignmentsCode(assignments, { target, context }, script);
  const head: Code = ["UPDATE ", target.code, newLine, "SET ", set];
  if (from === undefined) return [[head, newLine, "WHERE ", where.code]];
  const rows: Code = [target.code, ", ", from, newLine, "WHERE ", where.code];
  return [guardCode(target, rows), [head, newLine, "FROM ", from, newLine, "WHERE ", where.code]];
}

/** A statement that fails if a row of the target occurs twice among the joined rows. */
export function guardCode(target: Target, rows: Code): Code {
  const row = `${quoteName(emittedAlias(target.context.scope))}.rowid`;
  return [
    ["SELECT gsql_fail('More than one row of the source matches a row of the target')", newLine],
    ["FROM (SELECT ", row, " FROM ", rows, newLine, "GROUP BY ", row, " HAVING count(*) > 1 LIMIT 1)"],
  ];
}

function emittedAlias(scope: Scope): string {
  return scope.relations[0]?.emitted ?? "";
}

/** `column = value` with commas. */
export function assignmentsCode(
  assignments: readonly Range[],
  setting: { readonly target: Target; readonly context: Context },
  script: ScriptContext,
): Code {
  const { outline } = script.source;
  const codes = assignments.map((range): Code => {
    const equals = [...surface(outline, range)].find(([, token]) => token.kind === "symbol" && token.text === "=")?.[0];
    const place = here({ source: script.source, outline, at: range.from, end: range.to });
    if (equals === undefined) refuse("syntax-error", "SET takes column = value.", place);
    const names = outline.tokens.slice(range.from, equals).filter((token) => token.text !== ".");
    const isQualified = names.length === 2 && names[0]?.text.toLowerCase() === setting.target.alias.text.toLowerCase();
    const name = names[isQualified ? 1 : 0];
    if (name === undefined || names.length > (isQualified ? 2 : 1))
      refuseUnsupported("SET of a field of a struct", place, "Set the whole struct.");
    const column = findTarget(setting.target.table, name);
    const value =
      range.to - equals === 2 && outline.tokens[equals + 1]?.upper === "DEFAULT"
        ? undefined
        : readValueAt(script.source, { from: equals + 1, to: range.to });
    const code: Code =
      value === undefined
        ? "DEFAULT"
        : assigned(script.translation.translateExpression(value, setting.context), column).code;
    return [placed(name, quoteName(column.name)), " = ", code];
  });
  return joinCode(codes, ", ");
}

/** Translates DELETE, the word itself being read. */
export function translateDelete(cursor: Cursor, script: ScriptContext): readonly Code[] {
  accept(cursor, "FROM");
  const target = openTarget(cursor, script, "WHERE");
  expect(cursor, "WHERE");
  const where = conditionAt({ from: cursor.at, to: cursor.end }, { ...target.context, clause: "WHERE" }, script);
  cursor.at = cursor.end;
  expectEnd(cursor);
  return [["DELETE FROM ", target.code, newLine, "WHERE ", where.code]];
}
