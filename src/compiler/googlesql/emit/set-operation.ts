import { bracketed, type Code, codeText, joinCode, newLine, quoteName } from "../code.ts";
import { placeAround, type Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import { openScope, type OutputColumn } from "../scope/scope.ts";
import type { OrderItem, QueryBody, SetOperation } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { commonType } from "../type/coercion.ts";
import { type DataType, isSameType, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { attempt, type Context } from "./context.ts";
import { orderKeyCode } from "./order-by.ts";
import { isSameMatching } from "../read/read-column-matching.ts";
import { matchColumns } from "./match-columns.ts";
import type { QueryResult } from "./query-result.ts";

interface Setting {
  readonly context: Context;
  readonly isTop: boolean;
  readonly translateBody: (body: QueryBody) => QueryResult;
}

/** Translates a set operation: the branches are brought to common types, and the first one gives the names. */
export function translateSetOperation(operation: SetOperation, setting: Setting): QueryResult {
  const sides = branchesOf(operation).map((body) => ({ body, result: setting.translateBody(body) }));
  const place = { start: operation.start, end: operation.end };
  const [first] = sides;
  if (first === undefined) throw new Error("A set operation has branches.");
  const results = sides.map((side) => side.result);
  const { matching } = operation;
  const arranged = matching.by === "name" ? matchColumns(results, matching, place) : results;
  const shape = arranged[0] ?? first.result;
  for (const { columns } of arranged)
    if (columns.length !== shape.columns.length)
      refuse(
        "set-operation-width",
        `The parts of ${operation.operator.toUpperCase()} have ${shape.columns.length} and ${columns.length} columns.`,
        place,
        "Every part must have the same number of columns.",
      );
  const types = shape.columns.map((_, index) => columnType(arranged, index, operation));
  const columns = shape.columns.map((column, index): OutputColumn => {
    const parts = arranged.flatMap((result) => result.columns[index] ?? []);
    return {
      name: column.name,
      emitted: column.emitted,
      type: types[index] ?? column.type,
      sources: parts.flatMap((part) => part.sources),
      isNullable: parts.some((part) => part.isNullable),
      constant: undefined,
    };
  });
  const word = `${operation.operator.toUpperCase()}${operation.isAll ? " ALL" : ""}`;
  const codes = arranged.map((result) => alignColumns(result, { types, names: columns, place }));
  return {
    code: joinCode(codes, [newLine, word, newLine]),
    columns,
    valueType: first.result.valueType,
    outerUses: arranged.flatMap((result) => result.outerUses),
    isSimple: false,
  };
}

/** The branches of a chain of the same operation, from left to right. */
function branchesOf(operation: SetOperation): readonly QueryBody[] {
  const { left, right } = operation;
  const isSame =
    left.kind === "set operation" &&
    left.operator === operation.operator &&
    left.isAll === operation.isAll &&
    isSameMatching(left.matching, operation.matching) &&
    operation.operator !== "except";
  return isSame ? [...branchesOf(left), right] : [left, right];
}

function columnType(results: readonly QueryResult[], index: number, operation: SetOperation): DataType {
  const typed = results.flatMap((result) => {
    const column = result.columns[index];
    return column === undefined ? [] : [{ type: column.type, constant: column.constant, parts: undefined }];
  });
  const type = commonType(typed);
  if (type !== undefined) return type;
  const [first] = typed;
  if (first !== undefined && typed.every((other) => other.type === first.type)) return first.type;
  const types = [...new Set(typed.map((column) => typeText(column.type)))].join(", ");
  refuse(
    "set-operation-type",
    `Column ${index + 1} of ${operation.operator.toUpperCase()} has different types: ${types}.`,
    { start: operation.start, end: operation.end },
    "Cast them to one type.",
  );
}

/** A branch with the wanted types, wrapped in a SELECT that converts its columns where one has another type. */
export function alignColumns(
  result: QueryResult,
  wanted: { readonly types: readonly DataType[]; readonly names: readonly OutputColumn[]; readonly place: Place },
): Code {
  const isAligned = result.columns.every((column, index) => {
    const type = wanted.types[index];
    return type === undefined || isSameType(column.type, type);
  });
  if (isAligned) return result.isSimple ? result.code : bracketed(result.code);
  const items = result.columns.map((column, index): Code => {
    const value = makeValue({
      code: quoteName(column.emitted),
      type: column.type,
      place: wanted.place,
      constant: column.constant,
    });
    const type = wanted.types[index] ?? column.type;
    const converted = coerce(value, type) ?? value;
    return [converted.code, " AS ", quoteName(wanted.names[index]?.emitted ?? column.emitted)];
  });
  return ["SELECT ", joinCode(items, ", "), newLine, "FROM ", bracketed(result.code), ' AS "q"'];
}

/** Puts ORDER BY and LIMIT behind a query that is no plain SELECT: they see its columns and nothing else. */
export function orderResult(
  result: QueryResult,
  setting: {
    readonly context: Context;
    readonly after: {
      readonly orderBy: readonly OrderItem[];
      readonly limit: Code | undefined;
      readonly offset: Code | undefined;
    };
  },
): QueryResult {
  const { orderBy, limit, offset } = setting.after;
  const keys = orderKeys(result, orderBy, setting.context);
  const isPlain = keys.every((key) => key.isPlain);
  const order =
    keys.length === 0
      ? []
      : [
          newLine,
          "ORDER BY ",
          joinCode(
            keys.map((key) => key.code),
            ", ",
          ),
        ];
  const names = result.columns.map((column): Code => quoteName(column.emitted));
  const body: Code = isPlain
    ? result.code
    : ["SELECT ", joinCode(names, ", "), newLine, "FROM ", bracketed(result.code), ' AS "q"'];
  const limits = [
    limit === undefined ? [] : [newLine, "LIMIT ", limit],
    offset === undefined ? [] : [newLine, "OFFSET ", offset],
  ];
  return {
    ...result,
    code: [body, order, ...limits],
    isSimple: result.isSimple && keys.length === 0 && limit === undefined,
  };
}

function orderKeys(
  result: QueryResult,
  orderBy: readonly OrderItem[],
  context: Context,
): readonly { readonly code: Code; readonly isPlain: boolean }[] {
  if (orderBy.length === 0) return [];
  const scope = openScope(context.scope);
  const columns = result.columns.map((column) => ({
    name: column.name ?? "",
    type: column.type,
    code: quoteName(column.emitted),
    sources: column.sources,
    owner: scope.owner,
  }));
  scope.relations.push({ alias: undefined, emitted: "q", columns, row: undefined, array: undefined, isBroken: false });
  const inner: Context = { ...context, scope, clause: "ORDER BY", allows: { aggregates: false, windows: false } };
  return orderBy.flatMap((item) => {
    const key = attempt(context.translation, () => orderValue(item, result, inner));
    if (key === undefined) return [];
    const isColumn = columns.some((column) => column.code === codeText(key.code));
    return [{ code: orderKeyCode(key, item), isPlain: isColumn && key.type.kind !== "FLOAT64" }];
  });
}

function orderValue(item: OrderItem, result: QueryResult, context: Context): Value {
  const { value: expression } = item;
  if (expression.kind !== "literal" || expression.type !== "INT64")
    return context.translation.translateExpression(expression, context);
  const column = result.columns[Number(expression.text) - 1];
  if (column === undefined)
    refuse("argument-type", `ORDER BY ${expression.text}: the query has ${result.columns.length} columns.`, expression);
  return makeValue({ code: quoteName(column.emitted), type: column.type, place: placeAround(expression, expression) });
}
