import { placeAround, type Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type {
  Expression,
  GroupItem,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
  SetOperation,
  WithItem,
} from "../syntax.ts";
import {
  closeNode,
  type Node,
  nodeKind,
  openFields,
  openNode,
  take,
  takeFlag,
  takeList,
  takeOptional,
  takeText,
} from "./node.ts";
import { readExpression } from "./read-expression.ts";
import { readFrom } from "./read-from.ts";
import { isSameMatching, readColumnMatching } from "./read-column-matching.ts";
import { claim, readName, type Reading, refuseNode } from "./reading.ts";
import { readOrderBy, readWindow } from "./read-window.ts";

/** Reads a query of the parser's tree. */
export function readQuery(reading: Reading, value: unknown): Query {
  const node = openNode(value);
  switch (node.kind) {
    case "paren":
      return readQuery(reading, take(node, "this"));
    case "subquery": {
      const inner = readQuery(reading, take(node, "this"));
      const after = readAfter(reading, node);
      const withItems = readWith(reading, node);
      closeNode(node, inner);
      const isBare = after.orderBy.length === 0 && after.limit === undefined && after.offset === undefined;
      if (isBare && withItems.with.length === 0) return inner;
      return { ...withItems, ...after, body: { kind: "query", query: inner }, start: inner.start, end: inner.end };
    }
    case "select": {
      const withItems = readWith(reading, node);
      const { body, after } = readSelect(reading, node);
      return { ...withItems, ...after, body, start: body.start, end: body.end };
    }
    case "union":
    case "intersect":
    case "except": {
      const withItems = readWith(reading, node);
      const after = readAfter(reading, node);
      const body = readSetOperation(reading, node, node.kind);
      return { ...withItems, ...after, body, start: body.start, end: body.end };
    }
    default:
      refuseNode(reading, value);
  }
}

function readWith(reading: Reading, node: Node): Pick<Query, "with" | "isRecursive"> {
  const value = takeOptional(node, "with");
  if (value === undefined) return { with: [], isRecursive: false };
  claim(reading, "WITH");
  const clause = openFields("with", value);
  const isRecursive = takeFlag(clause, "recursive");
  if (isRecursive) claim(reading, "RECURSIVE");
  const items: readonly WithItem[] = takeList(clause, "ctes").map((item) => {
    const cte = openFields("with item", item);
    const name = readName(reading, take(cte, "alias"));
    const query = readQuery(reading, take(cte, "this"));
    closeNode(cte, name);
    return { name, query };
  });
  closeNode(clause, items[0]?.name ?? reading.whole);
  return { with: items, isRecursive };
}

function readAfter(reading: Reading, node: Node): Pick<Query, "orderBy" | "limit" | "offset"> {
  const order = takeOptional(node, "order_by");
  const orderNode = openFields("order by", order);
  const orderBy: readonly OrderItem[] = readOrderBy(reading, takeList(orderNode, "expressions"));
  closeNode(orderNode, reading.whole);
  return { orderBy, limit: readCount(reading, node, "limit"), offset: readCount(reading, node, "offset") };
}

function readCount(reading: Reading, node: Node, field: "limit" | "offset"): Expression | undefined {
  const value = takeOptional(node, field);
  if (value === undefined) return undefined;
  claim(reading, field.toUpperCase());
  if (nodeKind(value) !== "this") return readExpression(reading, value);
  const clause = openFields(field, value);
  const count = readExpression(reading, take(clause, "this"));
  closeNode(clause, count);
  return count;
}

function readSelect(
  reading: Reading,
  node: Node,
): { readonly body: Select; readonly after: Pick<Query, "orderBy" | "limit" | "offset"> } {
  claim(reading, "SELECT");
  const isDistinct = takeFlag(node, "distinct");
  if (isDistinct) claim(reading, "DISTINCT");
  const as = takeText(node, "kind")?.toLowerCase();
  if (as !== undefined && as !== "struct" && as !== "value")
    refuse("syntax-error", `There is no SELECT AS ${as.toUpperCase()}.`, reading.whole);
  if (as !== undefined) claim(reading, as.toUpperCase());
  const items = takeList(node, "expressions").map((item) => readSelectItem(reading, item));
  const from = readFrom(reading, node);
  const where = readClause(reading, node, { field: "where_clause", word: "WHERE" });
  const groupBy = readGroupBy(reading, node);
  const having = readClause(reading, node, { field: "having", word: "HAVING" });
  const qualify = readClause(reading, node, { field: "qualify", word: "QUALIFY" });
  const windowNodes = takeList(node, "windows");
  if (windowNodes.length > 0) claim(reading, "WINDOW");
  const windows = windowNodes.map((item) => {
    const definition = openFields("named window", item);
    const name = readName(reading, take(definition, "name"));
    const window = readWindow(reading, take(definition, "spec"), name);
    closeNode(definition, name);
    return { name, window };
  });
  const after = readAfter(reading, node);
  const parts: readonly Place[] = [
    ...items.map((item) => (item.kind === "star" ? item : item.value)),
    ...[from, where, having, qualify].filter((part) => part !== undefined),
  ];
  const place = parts.reduce<Place>(placeAround, parts[0] ?? reading.whole);
  closeNode(node, place);
  const span = { start: place.start, end: place.end };
  return {
    body: { kind: "select", isDistinct, as, items, from, where, groupBy, having, qualify, windows, ...span },
    after,
  };
}

function readClause(
  reading: Reading,
  node: Node,
  clause: { readonly field: string; readonly word: string },
): Expression | undefined {
  const value = takeOptional(node, clause.field);
  if (value === undefined) return undefined;
  claim(reading, clause.word);
  const condition = openFields(clause.field, value);
  const expression = readExpression(reading, take(condition, "this"));
  closeNode(condition, expression);
  return expression;
}

function readSelectItem(reading: Reading, value: unknown): SelectItem {
  const node = openNode(value);
  if (node.kind === "star") return readStar(reading, node);
  if (node.kind === "alias") {
    const item = take(node, "this");
    const alias = readName(reading, take(node, "alias"));
    closeNode(node, alias);
    return { kind: "expression", value: readExpression(reading, item), alias };
  }
  if (node.kind === "dot" && isStarField(node.fields["field"])) {
    node.taken.add("field");
    const base = readExpression(reading, take(node, "this"));
    closeNode(node, base);
    return { kind: "star", base, except: [], replace: [], start: base.start, end: base.end };
  }
  return { kind: "expression", value: readExpression(reading, value), alias: undefined };
}

function isStarField(field: unknown): boolean {
  return takeText(openFields("identifier", field), "name") === "*";
}

function readStar(reading: Reading, node: Node): SelectItem {
  const table = takeText(openFields("identifier", takeOptional(node, "table")), "name");
  const names = table === undefined ? [] : table.split(".").map((part) => readName(reading, { name: part.trim() }));
  const except = takeList(node, "except").map((name) => readName(reading, name));
  if (except.length > 0) claim(reading, "EXCEPT");
  const replaceNodes = takeList(node, "replace");
  if (replaceNodes.length > 0) claim(reading, "REPLACE");
  const replace = replaceNodes.map((item) => {
    const alias = openFields("replace", item);
    const value = readExpression(reading, take(alias, "this"));
    const name = readName(reading, take(alias, "alias"));
    closeNode(alias, name);
    return { name, value };
  });
  const [first, ...others] = names;
  const place =
    first === undefined ? (except[0] ?? replace[0]?.name ?? reading.whole) : others.reduce<Place>(placeAround, first);
  closeNode(node, place);
  const span = { start: place.start, end: place.end };
  const base: Expression | undefined = first === undefined ? undefined : { kind: "path", names, ...span };
  return { kind: "star", base, except, replace, ...span };
}

function readGroupBy(reading: Reading, node: Node): Select["groupBy"] {
  const value = takeOptional(node, "group_by");
  if (value === undefined) return undefined;
  claim(reading, "GROUP");
  const clause = openFields("group by", value);
  const isAll = takeFlag(clause, "all");
  if (isAll) claim(reading, "ALL");
  const items = takeList(clause, "expressions").map((item) => readGroupItem(reading, item));
  closeNode(clause, reading.whole);
  return isAll ? "all" : items;
}

const groupings: Readonly<Record<string, readonly ["rollup" | "cube" | "grouping sets", ...string[]]>> = {
  ROLLUP: ["rollup", "ROLLUP"],
  CUBE: ["cube", "CUBE"],
  "GROUPING SETS": ["grouping sets", "GROUPING", "SETS"],
};

function readGroupItem(reading: Reading, value: unknown): GroupItem {
  const node = openNode(value);
  const grouping = node.kind === "function" ? groupings[takeText(node, "name") ?? ""] : undefined;
  if (grouping !== undefined) {
    const [kind, ...words] = grouping;
    claim(reading, ...words);
    const items = takeList(node, "args").map((item) => readGroupItem(reading, item));
    closeNode(node, reading.whole);
    return { kind, items, ...reading.whole };
  }
  if (node.kind === "tuple") {
    const items = takeList(node, "expressions").map((item) => readGroupItem(reading, item));
    closeNode(node, reading.whole);
    return { kind: "set", items, ...reading.whole };
  }
  return { kind: "expression", value: readExpression(reading, value) };
}

function readSetOperation(reading: Reading, node: Node, operator: "union" | "intersect" | "except"): SetOperation {
  claim(reading, operator.toUpperCase());
  const isAll = takeFlag(node, "all");
  const isDistinct = takeFlag(node, "distinct");
  claim(reading, isAll ? "ALL" : "DISTINCT");
  const matching = readColumnMatching(reading, node);
  const left = readSide(reading, take(node, "left"));
  const right = readSide(reading, take(node, "right"));
  const place = placeAround(placeOfBody(left), placeOfBody(right));
  closeNode(node, place);
  if (isAll === isDistinct) refuse("syntax-error", `${operator.toUpperCase()} needs ALL or DISTINCT.`, place);
  if (left.kind === "set operation" && !isSameOperation(left, { operator, isAll, matching }))
    refuse("syntax-error", "Different set operations follow each other without brackets.", place, "Add brackets.");
  return { kind: "set operation", operator, isAll, matching, left, right, ...place };
}

function isSameOperation(left: SetOperation, right: Pick<SetOperation, "operator" | "isAll" | "matching">): boolean {
  return (
    left.operator === right.operator && left.isAll === right.isAll && isSameMatching(left.matching, right.matching)
  );
}

function readSide(reading: Reading, value: unknown): QueryBody {
  const query = readQuery(reading, value);
  const isBare =
    query.with.length === 0 && query.orderBy.length === 0 && query.limit === undefined && query.offset === undefined;
  const isBracketed = nodeKind(value) === "subquery" || nodeKind(value) === "paren";
  return isBare && (!isBracketed || query.body.kind === "select") ? query.body : { kind: "query", query };
}

function placeOfBody(body: QueryBody): Place {
  return body.kind === "query" ? body.query : body;
}
