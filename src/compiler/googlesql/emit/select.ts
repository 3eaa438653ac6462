import type { SourceColumn } from "../../../domain/column.ts";
import { type Code, joinCode, newLine, placed, quoteName } from "../code.ts";
import { brokenType, type DataType, scalar, structOf } from "../type/data-type.ts";
import { openScope, type OutputColumn, type Scope } from "../scope/scope.ts";
import type { Query, Select } from "../syntax.ts";
import { structCode } from "../type/cast.ts";
import { makeValue, type Value } from "../value.ts";
import { attempt, type Context } from "./context.ts";
import { translateFrom } from "./from.ts";
import {
  allKeys,
  type GroupingKey,
  groupingCode,
  groupingKeys,
  isAggregated,
  itemValue,
  keyValues,
  requireGrouped,
  requireSupported,
} from "./group-by.ts";
import { requireCondition } from "./operators.ts";
import { codeText } from "../code.ts";
import type { QueryResult } from "./query-result.ts";
import { type PlannedItem, planItems } from "./select-items.ts";
import { orderSelect, type SelectedItem } from "./select-order.ts";
import { windowBody } from "./window.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";

/** What a SELECT is translated with: what follows it in its query, and whether it is the statement's own. */
export interface SelectSetting {
  readonly context: Context;
  readonly after: Pick<Query, "orderBy"> & { readonly limit: Code | undefined; readonly offset: Code | undefined };
  readonly isTop: boolean;
}

/** Translates one SELECT with the ORDER BY and LIMIT of its query. */
export function translateSelect(select: Select, setting: SelectSetting): QueryResult {
  const scope = openScope(setting.context.scope);
  const context: Context = {
    ...setting.context,
    scope,
    clause: "the select list",
    allows: { aggregates: select.from !== undefined, windows: true },
    windows: new Map(select.windows.map(({ name, window }) => [name.text.toLowerCase(), window])),
    filter: undefined,
  };
  const from = select.from === undefined ? undefined : translateFrom(select.from, inClause(context, "FROM"));
  const planned = attempt(context.translation, () => planItems(select, context)) ?? [];
  const where = attempt(context.translation, () =>
    conditionOf(select.where, inClause(unseen(context, planned), "WHERE")),
  );
  const keys = attempt(context.translation, () => keysOf(select, planned, inClause(context, "GROUP BY")));
  const grouped: Context =
    keys === undefined
      ? context
      : {
          ...context,
          scope: withKeys(
            scope,
            keyValues(keys).map((key) => codeText(key.code)),
          ),
        };
  const items = selectedItems(planned, grouped);
  const named = withNames(grouped, items);
  const having = attempt(context.translation, () =>
    conditionOf(select.having, inClause(named, "HAVING", { aggregates: true, windows: false })),
  );
  const qualify = attempt(context.translation, () =>
    conditionOf(select.qualify, inClause(named, "QUALIFY", { aggregates: true, windows: true })),
  );
  const values = items.map((item) => item.value);
  const allGroups = select.groupBy === "all" ? allKeys(values) : undefined;
  const finalKeys = keys ?? allGroups;
  const settledScope =
    allGroups === undefined
      ? grouped
      : {
          ...grouped,
          scope: withKeys(
            scope,
            keyValues(allGroups).map((key) => codeText(key.code)),
          ),
        };
  const finalItems = allGroups === undefined ? items : selectedItems(planned, settledScope);
  const outputs = outputColumns(finalItems, { select, isTop: setting.isTop });
  const order = orderSelect(setting.after.orderBy, {
    select,
    items: finalItems,
    outputs: outputs.columns,
    context: withNames(settledScope, finalItems),
  });
  const conditions = [having, qualify].filter((value) => value !== undefined);
  if (isAggregated(select, [...values, ...conditions, ...order.values]))
    for (const value of [...finalItems.map((item) => item.value), ...conditions, ...order.values])
      attempt(context.translation, () => {
        requireGrouped(value, context);
      });
  const windows = attempt(context.translation, () => windowsCode(select, settledScope)) ?? [];
  const lines: readonly Code[] = [
    [select.isDistinct ? "SELECT DISTINCT" : "SELECT", listCode(outputs.codes)],
    ...(from === undefined ? [] : [["FROM ", from]]),
    ...(where === undefined ? [] : [["WHERE ", where.code]]),
    ...groupLines(finalKeys, finalItems, select),
    ...(having === undefined ? [] : [["HAVING ", having.code]]),
    ...windows,
    ...(qualify === undefined ? [] : [["QUALIFY ", qualify.code]]),
    ...(order.code === undefined || order.needsWrapping ? [] : [["ORDER BY ", order.code]]),
  ];
  const body = joinCode(lines, newLine);
  const code = order.needsWrapping && order.code !== undefined ? wrapped(body, outputs.columns, order.code) : body;
  const { limit, offset } = setting.after;
  const limits = [
    limit === undefined ? [] : [newLine, "LIMIT ", limit],
    offset === undefined ? [] : [newLine, "OFFSET ", offset],
  ];
  return {
    code: [code, ...limits],
    columns: outputs.columns,
    valueType: outputs.valueType,
    outerUses: scope.outerReads,
    isSimple: order.code === undefined && limit === undefined && offset === undefined,
  };
}

function inClause(
  context: Context,
  clause: string,
  allows: Context["allows"] = { aggregates: false, windows: false },
): Context {
  return { ...context, clause, allows };
}

/** WHERE does not see the aliases of the select list; a name that is one gets a hint. */
function unseen(context: Context, planned: readonly PlannedItem[]): Context {
  const aliases = planned.flatMap((item) =>
    item.kind === "expression" && item.alias !== undefined ? [item.alias.text.toLowerCase()] : [],
  );
  return { ...context, scope: { ...context.scope, unseen: new Set(aliases) } };
}

function withKeys(scope: Scope, texts: readonly string[]): Scope {
  return { ...scope, groupingKeys: new Set(texts) };
}

/** Where names of the select list are seen: HAVING, QUALIFY and ORDER BY. A name that two different items have is not. */
function withNames(context: Context, items: readonly SelectedItem[]): Context {
  const names = new Map<string, Value>();
  const twice = new Set<string>();
  for (const { value, name } of items) {
    if (name === undefined) continue;
    const key = name.toLowerCase();
    const known = names.get(key);
    if (known !== undefined && codeText(known.code) !== codeText(value.code)) twice.add(key);
    names.set(key, value);
  }
  for (const key of twice) names.delete(key);
  return { ...context, scope: { ...context.scope, names } };
}

function conditionOf(expression: Select["where"], context: Context): Value | undefined {
  if (expression === undefined) return undefined;
  const value = context.translation.translateExpression(expression, context);
  requireCondition(value, context.clause);
  return value;
}

function keysOf(select: Select, planned: readonly PlannedItem[], context: Context): readonly GroupingKey[] | undefined {
  if (select.groupBy === undefined || select.groupBy === "all") return undefined;
  const keys = groupingKeys(select.groupBy, planned, context);
  requireSupported(keys, select);
  return keys;
}

function selectedItems(planned: readonly PlannedItem[], context: Context): readonly SelectedItem[] {
  return planned.map((item): SelectedItem => {
    const value =
      attempt(context.translation, () => itemValue(item, context)) ??
      makeValue({ code: "NULL", type: brokenType, place: item.place, name: ownName(item) });
    const alias = item.kind === "expression" ? item.alias : undefined;
    const own = item.kind === "column" ? item.name : value.name;
    return { value, alias, name: alias?.text ?? own };
  });
}

/** The name that an item gets from what it is. */
function ownName(item: PlannedItem): string | undefined {
  if (item.kind === "column") return item.name;
  return item.value.kind === "path" ? item.value.names.at(-1)?.text : undefined;
}

interface Outputs {
  readonly codes: readonly Code[];
  readonly columns: readonly OutputColumn[];
  readonly valueType: DataType | undefined;
}

/** The columns that the SELECT gives: each has a unique name in the emitted SQL, an unnamed one BigQuery's `f0_`. */
function outputColumns(
  items: readonly SelectedItem[],
  { select, isTop }: { readonly select: Select; readonly isTop: boolean },
): Outputs {
  if (select.as !== undefined && !isTop) return valueOutput(items, select);
  const expanded = select.as === "value" ? expandValue(items, select) : items;
  const taken = new Set<string>();
  let unnamed = 0;
  const columns = expanded.map(({ value, name }): OutputColumn => {
    const wanted = name ?? `f${unnamed++}_`;
    if (isTop && taken.has(wanted.toLowerCase()))
      refuse(
        "duplicate-column",
        `The result has two columns named "${wanted}".`,
        value.place,
        "Give one of them an alias.",
      );
    const emitted = uniqueName(wanted, taken);
    return {
      name,
      emitted,
      type: value.type,
      sources: sourcesOf(value),
      isNullable: value.isNullable,
      constant: value.constant,
    };
  });
  const codes = expanded.map(({ value, alias }, index): Code => {
    const { emitted = "" } = columns[index] ?? {};
    const quoted = quoteName(emitted);
    const isColumn =
      codeText(value.code).endsWith(`".${quoted}`) &&
      value.uses.some((use) => codeText(use.column.code) === codeText(value.code) && isPlainColumn(use.column.code));
    if (isColumn) return value.code;
    return [value.code, " AS ", alias === undefined ? quoted : placed(alias, quoted)];
  });
  return { codes, columns, valueType: undefined };
}

/** Whether a column's code is `"relation"."column"`, which names it too. */
function isPlainColumn(code: Code): boolean {
  return /^"(?:[^"]|"")*"\."(?:[^"]|"")*"$/u.test(codeText(code));
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 1; taken.has(name.toLowerCase()); count++) name = `${wanted}_${count}`;
  taken.add(name.toLowerCase());
  return name;
}

/** SELECT AS STRUCT and AS VALUE inside a query: one column that holds the row. */
function valueOutput(items: readonly SelectedItem[], select: Select): Outputs {
  const values = items.map((item) => item.value);
  const type = structOf(items.map(({ name, value }) => ({ name, type: value.type })));
  const [only, ...others] = values;
  if (select.as === "value" && (only === undefined || others.length > 0))
    refuse("set-operation-width", `SELECT AS VALUE takes one value, and this has ${values.length}.`, select);
  const row =
    select.as === "struct"
      ? makeValue({ code: structCode(type, values), type, place: select, parts: values, isNullable: false }, values)
      : (only ?? makeValue({ code: "NULL", type: scalar("INT64"), place: select }));
  const column: OutputColumn = {
    name: undefined,
    emitted: "value",
    type: row.type,
    sources: sourcesOf(row),
    isNullable: row.isNullable,
    constant: undefined,
  };
  return { codes: [[row.code, ' AS "value"']], columns: [column], valueType: row.type };
}

/** BigQuery shows a top-level row value that is a struct as columns. */
function expandValue(items: readonly SelectedItem[], select: Select): readonly SelectedItem[] {
  const [only, ...others] = items;
  if (only === undefined || others.length > 0)
    refuse("set-operation-width", `SELECT AS VALUE takes one value, and this has ${items.length}.`, select);
  if (only.value.type.kind !== "STRUCT") return [{ ...only, name: undefined, alias: undefined }];
  const { parts } = only.value;
  if (parts === undefined) refuseUnsupported("SELECT AS VALUE of a struct that is not built here", only.value.place);
  const { fields } = only.value.type;
  return parts.map((value, index) => ({ value, alias: undefined, name: fields[index]?.name }));
}

function sourcesOf(value: Value): readonly SourceColumn[] {
  const sources = new Map<string, SourceColumn>();
  for (const use of value.uses)
    for (const source of use.column.sources) sources.set(JSON.stringify([source.table, source.column]), source);
  return [...sources.values()];
}

function listCode(codes: readonly Code[]): Code {
  const [only, ...others] = codes;
  if (only === undefined) return " NULL";
  if (others.length === 0) return [" ", only];
  return { kind: "indented", code: [newLine, joinCode(codes, [",", newLine])] };
}

function groupLines(
  keys: readonly GroupingKey[] | undefined,
  items: readonly SelectedItem[],
  select: Select,
): readonly Code[] {
  if (keys === undefined || keys.length === 0) return [];
  const isPlain = keys.every((key) => key.kind === "key");
  const selected = isPlain || select.groupBy === "all" ? items.map((item) => item.value) : [];
  return [["GROUP BY ", groupingCode(keys, selected)]];
}

function windowsCode(select: Select, context: Context): readonly Code[] {
  if (select.windows.length === 0) return [];
  const definitions = select.windows.map(({ name, window }): Code => [
    quoteName(name.text),
    " AS (",
    windowBody(window, context),
    ")",
  ]);
  return [["WINDOW ", joinCode(definitions, ", ")]];
}

/** The query as a relation, in an order that its own SELECT cannot have. */
function wrapped(body: Code, columns: readonly OutputColumn[], order: Code): Code {
  const names = columns.map((column): Code => quoteName(column.emitted));
  return [
    "SELECT ",
    joinCode(names, ", "),
    newLine,
    "FROM ",
    bracketedBody(body),
    ' AS "q"',
    newLine,
    "ORDER BY ",
    order,
  ];
}

function bracketedBody(body: Code): Code {
  return ["(", { kind: "indented", code: [newLine, body] }, newLine, ")"];
}
