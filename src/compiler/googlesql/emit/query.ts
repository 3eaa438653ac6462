import { bracketed, type Code, joinCode, newLine, placed, quoteName } from "../code.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { type CommonTable, openScope, type Scope } from "../scope/scope.ts";
import type { Expression, Query, QueryBody, WithItem } from "../syntax.ts";
import type { Context } from "./context.ts";
import type { QueryResult } from "./query-result.ts";
import { translateSelect } from "./select.ts";
import { alignColumns, orderResult, translateSetOperation } from "./set-operation.ts";

/** Translates a query that is part of a statement. */
export function translateQuery(query: Query, context: Context): QueryResult {
  return translateWith(query, context, "nested");
}

/** Translates the query that is the statement: unnamed columns get BigQuery's names, and no name may stand twice. */
export function translateTopQuery(query: Query, context: Context): QueryResult {
  return translateWith(query, context, "top");
}

type Level = "top" | "nested";

function translateWith(query: Query, context: Context, level: Level): QueryResult {
  if (query.with.length === 0) return translateBodyOf(query, context, level);
  const scope: Scope = {
    ...openScope(context.scope),
    owner: context.scope.owner,
    outerReads: context.scope.outerReads,
  };
  const inner: Context = { ...context, scope };
  const definitions = query.with.map((item) => translateWithItem(item, inner, query.isRecursive));
  const result = translateBodyOf(query, inner, level);
  const head: Code = [query.isRecursive ? "WITH RECURSIVE " : "WITH ", joinCode(definitions, [",", newLine]), newLine];
  return { ...result, code: [head, result.code], isSimple: false };
}

function translateWithItem(item: WithItem, context: Context, isRecursive: boolean): Code {
  const { scope } = context;
  const key = item.name.text.toLowerCase();
  if (scope.commonTables.has(key))
    refuse("duplicate-name", `WITH names "${item.name.text}" twice.`, item.name, "Give one of them another name.");
  const { body } = item.query;
  const result =
    isRecursive && body.kind === "set operation" && mentions(item.query, key)
      ? translateRecursive(item, context)
      : translateQuery(item.query, context);
  scope.commonTables.set(key, commonTable(item, result));
  return [placed(item.name, quoteName(item.name.text)), " AS ", bracketed(result.code)];
}

function commonTable(item: WithItem, result: QueryResult): CommonTable {
  const { text } = item.name;
  return { name: text, emitted: text, columns: result.columns, valueType: result.valueType };
}

/** Whether a recursive query speaks of itself; the syntax tree is plain data, so its text shows it. */
function mentions(query: Query, key: string): boolean {
  return JSON.stringify(query)
    .toLowerCase()
    .includes(`"kind":"table","path":[{"text":${JSON.stringify(key)}`);
}

/** A recursive common table: its first part alone decides about names and types. */
function translateRecursive(item: WithItem, context: Context): QueryResult {
  const { body } = item.query;
  const place = item.name;
  if (body.kind !== "set operation" || body.operator !== "union" || body.matching.by === "name")
    refuse("syntax-error", "A recursive query must be a UNION of a first part and one that goes on.", place);
  if (item.query.orderBy.length > 0 || item.query.limit !== undefined)
    refuseUnsupported("ORDER BY or LIMIT in a recursive query", place);
  const first = translateBody(body.left, { context, after: noAfter, level: "nested" });
  context.scope.commonTables.set(item.name.text.toLowerCase(), commonTable(item, first));
  const next = translateBody(body.right, { context, after: noAfter, level: "nested" });
  context.scope.commonTables.delete(item.name.text.toLowerCase());
  if (first.columns.length !== next.columns.length)
    refuse(
      "set-operation-width",
      `The parts of the recursive query have ${first.columns.length} and ${next.columns.length} columns.`,
      place,
    );
  const types = first.columns.map((column) => column.type);
  const aligned = alignColumns(next, { types, names: first.columns, place });
  const code = [first.code, newLine, body.isAll ? "UNION ALL" : "UNION", newLine, aligned];
  return { ...first, code, isSimple: false };
}

interface BodySetting {
  readonly context: Context;
  readonly after: Pick<Query, "orderBy"> & { readonly limit: Code | undefined; readonly offset: Code | undefined };
  readonly level: Level;
}

const noAfter: BodySetting["after"] = { orderBy: [], limit: undefined, offset: undefined };

function translateBodyOf(query: Query, context: Context, level: Level): QueryResult {
  const after = {
    orderBy: query.orderBy,
    limit: countCode(query.limit, context),
    offset: countCode(query.offset, context),
  };
  return translateBody(query.body, { context, after, level });
}

function countCode(expression: Expression | undefined, context: Context): Code | undefined {
  if (expression === undefined) return undefined;
  const value = context.translation.translateExpression(expression, context);
  if (value.constant?.kind === "integer" && !value.constant.text.startsWith("-"))
    return placed(expression, value.constant.text);
  if (expression.kind === "parameter" && value.type.kind === "INT64") return value.code;
  refuse("argument-type", "LIMIT and OFFSET take a number that is not negative.", expression);
}

function translateBody(body: QueryBody, setting: BodySetting): QueryResult {
  const isTop = setting.level === "top";
  switch (body.kind) {
    case "select":
      return translateSelect(body, { context: setting.context, after: setting.after, isTop });
    case "set operation": {
      const result = translateSetOperation(body, {
        context: setting.context,
        isTop,
        translateBody: (side) => translateBody(side, { context: setting.context, after: noAfter, level: "nested" }),
      });
      return orderResult(result, setting);
    }
    case "query": {
      const result = translateWith(body.query, setting.context, setting.level);
      const { after } = setting;
      const isBare = after.orderBy.length === 0 && after.limit === undefined && after.offset === undefined;
      return isBare ? result : orderResult({ ...result, code: bracketed(result.code) }, setting);
    }
  }
}
