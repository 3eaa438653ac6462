import { placeAround, type Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Expression, FromItem, Name } from "../syntax.ts";
import type { Parse } from "../parser.ts";
import type { Outline, Range } from "./outline.ts";
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
import { readQuery } from "./read-query.ts";
import { claim, formOf, readName, readRange, type Reading, refuseNode, returnToken } from "./reading.ts";

/** Reads FROM and the joins of a select node. */
export function readFrom(reading: Reading, select: Node): FromItem | undefined {
  const clause = openFields("from", takeOptional(select, "from"));
  const items = takeList(clause, "expressions").map((item) => readItem(reading, item));
  closeNode(clause, reading.whole);
  const [first, ...others] = items;
  const joins = takeList(select, "joins");
  if (first === undefined) return undefined;
  const crossed = others.reduce<FromItem>((left, right) => joinOf(left, right, "cross"), first);
  return joins.reduce<FromItem>((left, join) => readJoin(reading, left, join), crossed);
}

function joinOf(left: FromItem, right: FromItem, type: "cross"): FromItem {
  return { kind: "join", type, left, right, on: undefined, using: [], ...placeAround(left, right) };
}

const joinTypes: Readonly<
  Record<string, { readonly type: "inner" | "left" | "right" | "full" | "cross"; readonly words: readonly string[] }>
> = {
  Inner: { type: "inner", words: ["JOIN"] },
  Left: { type: "left", words: ["LEFT", "JOIN"] },
  Right: { type: "right", words: ["RIGHT", "JOIN"] },
  Full: { type: "full", words: ["FULL", "JOIN"] },
  Cross: { type: "cross", words: ["CROSS", "JOIN"] },
  Implicit: { type: "cross", words: [] },
};

function readJoin(reading: Reading, left: FromItem, value: unknown): FromItem {
  const node = openFields("join", value);
  const join = joinTypes[takeText(node, "kind") ?? ""];
  const right = readItem(reading, take(node, "this"));
  const place = placeAround(left, right);
  if (join === undefined) refuseUnsupported("This kind of JOIN", place);
  claim(reading, ...join.words);
  const onNode = takeOptional(node, "on");
  const on = onNode === undefined ? undefined : readExpression(reading, onNode);
  const using = takeList(node, "using").map((name) => readName(reading, name));
  if (using.length > 0) claim(reading, "USING");
  closeNode(node, place);
  return { kind: "join", type: join.type, left, right, on, using, ...placeAround(place, on ?? right) };
}

function takeAlias(reading: Reading, node: Node): Name | undefined {
  const value = takeOptional(node, "alias");
  return value === undefined ? undefined : readName(reading, value);
}

function readItem(reading: Reading, value: unknown): FromItem {
  const node = openNode(value);
  switch (node.kind) {
    case "table":
      return readTable(reading, node);
    case "unnest":
      return readUnnest(reading, node);
    case "subquery": {
      const query = readQuery(reading, { subquery: { this: take(node, "this") } });
      const alias = takeAlias(reading, node);
      closeNode(node, query);
      return { kind: "subquery", query, alias, start: query.start, end: alias?.end ?? query.end };
    }
    case "paren": {
      const item = readItem(reading, take(node, "this"));
      closeNode(node, item);
      return item;
    }
    case "joined_table": {
      const first = readItem(reading, take(node, "left"));
      const joined = takeList(node, "joins").reduce<FromItem>((left, join) => readJoin(reading, left, join), first);
      closeNode(node, joined);
      return joined;
    }
    case "pivot":
      return readPivot(reading, node);
    case "unpivot":
      return readUnpivot(reading, node);
    case "alias":
      return readAliased(reading, node);
    case "function": {
      const call = readExpression(reading, value);
      refuseUnsupported("A table function", call);
      break;
    }
    default:
      refuseNode(reading, value);
  }
}

function readAliased(reading: Reading, node: Node): FromItem {
  const inner = take(node, "this");
  const alias = readName(reading, take(node, "alias"));
  closeNode(node, alias);
  const item = readItem(reading, inner);
  if (item.kind === "join") refuse("syntax-error", "A join in brackets cannot have an alias.", alias);
  return { ...item, alias };
}

function readTable(reading: Reading, node: Node): FromItem {
  const parts = ["catalog", "schema", "name"].flatMap((field) => {
    const text = takeText(openFields("identifier", takeOptional(node, field)), "name");
    return text === undefined ? [] : text.split(".").map((part) => part.trim());
  });
  const alias = takeAlias(reading, node);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const { index, token } = returnToken(reading, only);
    const form = formOf(reading, index);
    if (form?.kind === "set aside") {
      closeNode(node, token);
      return withAlias(readItemAt(reading, form.range), alias);
    }
  }
  const path = parts.map((part) => readName(reading, { name: part }));
  const place = path.reduce<Place>(placeAround, alias ?? path[0] ?? reading.whole);
  closeNode(node, place);
  return { kind: "table", path, alias, start: place.start, end: place.end };
}

function withAlias(item: FromItem, alias: Name | undefined): FromItem {
  if (alias === undefined) return item;
  if (item.kind === "join") refuse("syntax-error", "A join in brackets cannot have an alias.", alias);
  return { ...item, alias };
}

function readItemAt(reading: Reading, range: Range): FromItem {
  return readFromAt({ outline: reading.canonical.outline, parse: reading.parse }, range);
}

/** Parses a range of tokens as what stands behind FROM. */
export function readFromAt(source: { readonly outline: Outline; readonly parse: Parse }, range: Range): FromItem {
  return readRange(source, range, {
    prefix: "select 1 from",
    read: (inner, tree) => {
      const select = openNode(tree);
      takeList(select, "expressions");
      const item = readFrom(inner, select);
      closeNode(select, inner.whole);
      if (item === undefined) refuse("syntax-error", "A table or a query was expected here.", inner.whole);
      return item;
    },
  });
}

function readUnnest(reading: Reading, node: Node): FromItem {
  claim(reading, "UNNEST");
  const array = readExpression(reading, take(node, "this"));
  const alias = takeAlias(reading, node);
  const hasOffset = takeFlag(node, "with_ordinality");
  const offsetNode = takeOptional(node, "offset_alias");
  if (hasOffset) claim(reading, "WITH", "OFFSET");
  const offset = offsetNode === undefined ? undefined : readName(reading, offsetNode);
  closeNode(node, array);
  const place = placeAround(array, alias ?? array);
  const unnamed = hasOffset && offset === undefined ? { text: "offset", ...place } : undefined;
  return { kind: "unnest", array, alias, offset: offset ?? unnamed, ...place };
}

function readNamed(reading: Reading, value: unknown): { readonly value: Expression; readonly alias: Name | undefined } {
  const kind = nodeKind(value);
  if (kind !== "alias" && kind !== "pivot_alias") return { value: readExpression(reading, value), alias: undefined };
  const node = openNode(value);
  const expression = readExpression(reading, take(node, "this"));
  const aliasNode = take(node, "alias");
  const alias = kind === "alias" ? readName(reading, aliasNode) : readPivotAlias(reading, aliasNode);
  closeNode(node, expression);
  return { value: expression, alias };
}

function readPivotAlias(reading: Reading, value: unknown): Name {
  const alias = readExpression(reading, value);
  const [name, ...others] = alias.kind === "path" ? alias.names : [];
  if (name === undefined || others.length > 0) refuse("syntax-error", "An alias must be a name.", alias);
  return name;
}

function readPivot(reading: Reading, node: Node): FromItem {
  claim(reading, "PIVOT", "FOR", "IN");
  const input = readItem(reading, take(node, "this"));
  const aggregates = takeList(node, "expressions").map((item) => readNamed(reading, item));
  const fields = takeList(node, "fields");
  const alias = takeAlias(reading, node);
  closeNode(node, input);
  const within = fields.length === 1 ? openNode(fields[0]) : undefined;
  if (within?.kind !== "in") refuseUnsupported("This form of PIVOT", input);
  const by = readExpression(reading, take(within, "this"));
  const values = takeList(within, "expressions").map((item) => readNamed(reading, item));
  closeNode(within, by);
  const place = placeAround(input, values.at(-1)?.value ?? by);
  return { kind: "pivot", input, aggregates, by, values, alias, ...place };
}

function readUnpivot(reading: Reading, node: Node): FromItem {
  claim(reading, "UNPIVOT", "FOR", "IN");
  const input = readItem(reading, take(node, "this"));
  node.taken.add("include_nulls");
  const mode = node.fields["include_nulls"];
  if (mode === true) claim(reading, "INCLUDE", "NULLS");
  if (mode === false) claim(reading, "EXCLUDE", "NULLS");
  const values = [take(node, "value_column"), ...takeList(node, "extra_value_columns")].map((name) =>
    readName(reading, name),
  );
  const label = readName(reading, take(node, "name_column"));
  const columns = takeList(node, "columns").map((item) => readUnpivotColumn(reading, item));
  const alias = takeAlias(reading, node);
  closeNode(node, label);
  const last = columns.at(-1)?.names.at(-1) ?? label;
  return {
    kind: "unpivot",
    input,
    includesNulls: mode === true,
    values,
    label,
    columns,
    alias,
    ...placeAround(input, last),
  };
}

function readUnpivotColumn(
  reading: Reading,
  value: unknown,
): { readonly names: readonly Name[]; readonly label: Expression | undefined } {
  const isLabelled = nodeKind(value) === "pivot_alias";
  const node = openNode(value);
  const columns = readExpression(reading, isLabelled ? take(node, "this") : value);
  const label = isLabelled ? readExpression(reading, take(node, "alias")) : undefined;
  if (isLabelled) closeNode(node, columns);
  const paths = columns.kind === "struct" ? columns.fields.map((field) => field.value) : [columns];
  const names = paths.map((path) => {
    const [name, ...others] = path.kind === "path" ? path.names : [];
    if (name === undefined || others.length > 0) refuse("syntax-error", "UNPIVOT takes names of columns.", path);
    return name;
  });
  return { names, label };
}
