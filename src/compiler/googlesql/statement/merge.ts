import { type Code, joinCode, newLine } from "../code.ts";
import { connect } from "../emit/operators.ts";
import type { Context } from "../emit/context.ts";
import { translateFrom } from "../emit/from.ts";
import { type Range, splitAtCommas, surface } from "../read/outline.ts";
import { readFromAt } from "../read/read-from.ts";
import { refuse } from "../refusal.ts";
import { openScope, type Scope } from "../scope/scope.ts";
import type { Value } from "../value.ts";
import {
  accept,
  type Cursor,
  expect,
  expectEnd,
  here,
  openCursor,
  readName,
  takeBracket,
  takeList,
  takeUntil,
} from "./cursor.ts";
import { columnList, rowCode } from "./insert.ts";
import type { ScriptContext } from "./script-context.ts";
import { allColumns, findTarget, type TargetColumn } from "./target-columns.ts";
import { assignmentsCode, conditionAt, guardCode, openTarget, type Target } from "./update.ts";

/** Translates MERGE, the word itself being read. A row that two rows of the source would change is an error, as in BigQuery. */
export function translateMerge(cursor: Cursor, script: ScriptContext): readonly Code[] {
  accept(cursor, "INTO");
  const target = openTarget(cursor, script, "USING");
  expect(cursor, "USING");
  const { context } = target;
  const source = translateFrom(readFromAt(script.source, takeUntil(cursor, "ON")), { ...context, clause: "USING" });
  expect(cursor, "ON");
  const on = conditionAt(takeUntil(cursor, "WHEN"), { ...context, clause: "ON" }, script);
  const merge: Merge = {
    target,
    both: context,
    source: withRelations(context, (scope) => scope.relations.slice(1)),
    own: withRelations(context, (scope) => scope.relations.slice(0, 1)),
  };
  const clauses = takeClauses(cursor, merge, script);
  const head: Code = ["MERGE INTO ", target.code, newLine, "USING ", source, newLine, "ON ", on.code];
  const statement: Code = [head, ...clauses.flatMap((clause) => [newLine, clause.code])];
  const changing = clauses.filter((clause) => clause.changesMatched);
  const isNever = on.constant?.kind === "boolean" && !on.constant.value;
  if (changing.length === 0 || isNever) return [statement];
  const conditions = changing.flatMap((clause) => clause.condition ?? []);
  const only = conditions.length === changing.length ? connect("or", conditions) : undefined;
  const rows: Code = [
    target.code,
    newLine,
    "JOIN ",
    source,
    " ON ",
    on.code,
    only === undefined ? "" : [newLine, "WHERE ", only.code],
  ];
  return [guardCode(target, rows), statement];
}

interface Merge {
  readonly target: Target;
  readonly both: Context;
  readonly source: Context;
  readonly own: Context;
}

function withRelations(context: Context, pick: (scope: Scope) => Scope["relations"]): Context {
  const scope = { ...openScope(context.scope.parent), relations: pick(context.scope), owner: context.scope.owner };
  return { ...context, scope };
}

interface Clause {
  readonly code: Code;
  readonly condition: Value | undefined;
  readonly changesMatched: boolean;
}

function takeClauses(cursor: Cursor, merge: Merge, script: ScriptContext): readonly Clause[] {
  const clauses: Clause[] = [];
  while (accept(cursor, "WHEN")) clauses.push(takeClause(cursor, merge, script));
  expectEnd(cursor);
  if (clauses.length === 0) refuse("syntax-error", "MERGE needs WHEN.", here(cursor));
  return clauses;
}

function takeClause(cursor: Cursor, merge: Merge, script: ScriptContext): Clause {
  const isMatched = !accept(cursor, "NOT");
  expect(cursor, "MATCHED");
  const isBySource = accept(cursor, "BY", "SOURCE");
  if (!isBySource) accept(cursor, "BY", "TARGET");
  const context: Context = { ...(isMatched ? merge.both : isBySource ? merge.own : merge.source), clause: "WHEN" };
  const condition = accept(cursor, "AND") ? conditionAt(takeUntil(cursor, "THEN"), context, script) : undefined;
  expect(cursor, "THEN");
  const words = isMatched ? "MATCHED" : isBySource ? "NOT MATCHED BY SOURCE" : "NOT MATCHED";
  const action = takeAction(cursor, { merge, context, canInsert: !isMatched && !isBySource }, script);
  const code: Code = ["WHEN ", words, condition === undefined ? "" : [" AND ", condition.code], " THEN ", action];
  return { code, condition, changesMatched: isMatched };
}

interface ActionSetting {
  readonly merge: Merge;
  readonly context: Context;
  readonly canInsert: boolean;
}

function takeAction(cursor: Cursor, setting: ActionSetting, script: ScriptContext): Code {
  if (!setting.canInsert && accept(cursor, "DELETE")) return "DELETE";
  if (!setting.canInsert && accept(cursor, "UPDATE", "SET")) {
    const assignments = splitAtCommas(cursor.outline, takeUntilWhen(cursor));
    return [
      "UPDATE SET ",
      assignmentsCode(assignments, { target: setting.merge.target, context: setting.context }, script),
    ];
  }
  if (setting.canInsert && accept(cursor, "INSERT")) return insertCode(cursor, setting, script);
  refuse(
    "syntax-error",
    setting.canInsert ? "INSERT was expected here." : "UPDATE SET or DELETE was expected here.",
    here(cursor),
  );
}

/** Up to the next WHEN that begins a clause: one of a CASE stands between CASE and END. */
function takeUntilWhen(cursor: Cursor): Range {
  const range = { from: cursor.at, to: cursor.end };
  let depth = 0;
  for (const [index, token] of surface(cursor.outline, range)) {
    if (token.upper === "CASE") depth++;
    if (token.upper === "END") depth--;
    if (token.upper !== "WHEN" || depth > 0) continue;
    cursor.at = index;
    return { from: range.from, to: index };
  }
  cursor.at = cursor.end;
  return range;
}

function insertCode(cursor: Cursor, { merge, context }: ActionSetting, script: ScriptContext): Code {
  const { table } = merge.target;
  const columns =
    cursor.outline.tokens[cursor.at]?.text === "("
      ? takeList(cursor).map((range) => findTarget(table, readName(openCursor(script.source, range))))
      : allColumns(table);
  if (accept(cursor, "ROW")) return rowOfSource(cursor, { columns, context });
  expect(cursor, "VALUES");
  const inside = takeBracket(cursor);
  if (inside === undefined) refuse("syntax-error", "A row of VALUES was expected here.", here(cursor));
  return ["INSERT (", columnList(columns), ") VALUES ", rowCode({ inside, columns, context }, script)];
}

/** INSERT ROW: the source's columns in their order. */
function rowOfSource(
  cursor: Cursor,
  setting: { readonly columns: readonly TargetColumn[]; readonly context: Context },
): Code {
  const values = setting.context.scope.relations.flatMap((relation) => relation.columns);
  if (values.length !== setting.columns.length)
    refuse(
      "set-operation-width",
      `The source has ${values.length} columns and the target ${setting.columns.length}.`,
      here(cursor),
    );
  return [
    "INSERT (",
    columnList(setting.columns),
    ") VALUES (",
    joinCode(
      values.map((value) => value.code),
      ", ",
    ),
    ")",
  ];
}
