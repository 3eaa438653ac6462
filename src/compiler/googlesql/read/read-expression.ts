import { placeAround, type Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { BinaryOperator, Expression, Name } from "../syntax.ts";
import { type Node, nodeKind, openNode, closeNode, take, takeFlag, takeList, takeOptional, takeText } from "./node.ts";
import { readCall } from "./read-call.ts";
import { readQuery } from "./read-query.ts";
import { readPattern } from "./read-pattern.ts";
import { claim, formOf, readName, readRange, type Reading, refuseNode, returnToken } from "./reading.ts";
import { readWindow } from "./read-window.ts";

const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  concat: "||",
  bitwise_and: "&",
  bitwise_or: "|",
  bitwise_xor: "^",
  bitwise_left_shift: "<<",
  bitwise_right_shift: ">>",
  eq: "=",
  neq: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
  and: "and",
  or: "or",
};

const unaryOperators: Readonly<Record<string, "-" | "~" | "not">> = { neg: "-", bitwise_not: "~", not: "not" };

/** Reads an expression of the parser's tree. */
export function readExpression(reading: Reading, value: unknown): Expression {
  const node = openNode(value);
  const binary = binaryOperators[node.kind];
  if (binary !== undefined) return readBinary(reading, node, binary);
  const unary = unaryOperators[node.kind];
  if (unary !== undefined) return readUnary(reading, node, unary);
  switch (node.kind) {
    case "literal":
      return readLiteral(reading, node);
    case "column":
      return readColumn(reading, node);
    case "dot":
      return readDot(reading, node);
    case "paren": {
      const inner = readExpression(reading, take(node, "this"));
      closeNode(node, inner);
      return inner;
    }
    case "function":
      return readCall(reading, node);
    case "window_function": {
      const call = readExpression(reading, take(node, "this"));
      if (call.kind !== "call") refuse("syntax-error", "OVER must follow a function.", call);
      claim(reading, "OVER");
      const over = readWindow(reading, take(node, "over"), call);
      closeNode(node, call);
      return { ...call, over };
    }
    case "tuple": {
      const fields = takeList(node, "expressions").map((field) => ({
        name: undefined,
        value: readExpression(reading, field),
      }));
      const place = placeOfAll(
        reading,
        fields.map((field) => field.value),
      );
      closeNode(node, place);
      return { kind: "struct", type: undefined, isTuple: true, fields, ...place };
    }
    case "subscript": {
      const base = readExpression(reading, take(node, "this"));
      const index = readExpression(reading, take(node, "index"));
      closeNode(node, base);
      return { kind: "subscript", base, index, ...placeAround(base, index) };
    }
    case "select":
    case "union":
    case "intersect":
    case "except":
    case "subquery": {
      const query = readQuery(reading, value);
      return { kind: "scalar subquery", query, start: query.start, end: query.end };
    }
    case "exists": {
      claim(reading, "EXISTS");
      if (takeFlag(node, "not")) claim(reading, "NOT");
      const query = readQuery(reading, take(node, "this"));
      const place = { start: query.start, end: query.end };
      const exists: Expression = { kind: "exists", query, ...place };
      const isNegated = takeFlag(node, "not");
      closeNode(node, place);
      return isNegated ? { kind: "unary", operator: "not", operand: exists, ...place } : exists;
    }
    case "case":
      return readCase(reading, node);
    case "lambda": {
      const parameters = takeList(node, "parameters").map((parameter) => readName(reading, parameter));
      const body = readExpression(reading, take(node, "body"));
      const place = parameters.reduce<Place>(placeAround, body);
      closeNode(node, place);
      return { kind: "lambda", parameters, body, start: place.start, end: place.end };
    }
    default:
      return readPattern(reading, node) ?? refuseNode(reading, value);
  }
}

function placeOfAll(reading: Reading, parts: readonly Place[]): Place {
  const [first, ...rest] = parts;
  if (first === undefined) return reading.whole;
  const place = rest.reduce<Place>(placeAround, first);
  return { start: place.start, end: place.end };
}

function readBinary(reading: Reading, node: Node, operator: BinaryOperator): Expression {
  if (operator === "and" || operator === "or") claim(reading, operator.toUpperCase());
  const left = readExpression(reading, take(node, "left"));
  const right = readExpression(reading, take(node, "right"));
  const place = placeAround(left, right);
  closeNode(node, place);
  return { kind: "binary", operator, left, right, ...place };
}

function readUnary(reading: Reading, node: Node, operator: "-" | "~" | "not"): Expression {
  if (operator === "not") claim(reading, "NOT");
  const inner = take(node, "this");
  const operand = readExpression(reading, inner);
  closeNode(node, operand);
  const isPartOfLike = nodeKind(inner) === "regexp_like" && operand.kind === "like" && operand.isNegated;
  if (isPartOfLike) return operand;
  return { kind: "unary", operator, operand, start: operand.start, end: operand.end };
}

function readLiteral(reading: Reading, node: Node): Expression {
  take(node, "literal_type");
  const { index, token } = returnToken(reading, takeText(node, "value"));
  closeNode(node, token);
  const form = formOf(reading, index);
  if (form?.kind !== "literal") refuse("lost-syntax", "A literal was misread.", token);
  const last = reading.canonical.outline.tokens[index + 1];
  const end = token.kind === "word" && last !== undefined ? last.end : token.end;
  return { kind: "literal", type: form.type, text: form.text, start: token.start, end };
}

/** `i_3`, or `i_1.i_3`, or the placeholder of something that stands where a name may. */
function readColumn(reading: Reading, node: Node): Expression {
  const table = takeOptional(node, "table");
  const name = take(node, "name");
  if (table !== undefined) {
    const names = [readName(reading, table), readName(reading, name)];
    closeNode(node, placeOfAll(reading, names));
    return { kind: "path", names, ...placeOfAll(reading, names) };
  }
  const { index, token } = returnToken(reading, takeText(openName(name), "name"));
  closeNode(node, token);
  const place = { start: token.start, end: token.end };
  const form = formOf(reading, index);
  switch (form?.kind) {
    case undefined:
      return { kind: "path", names: [{ text: token.text, ...place }], ...place };
    case "null":
      return { kind: "null", ...place };
    case "boolean":
      return { kind: "boolean", value: form.value, ...place };
    case "parameter":
      return { kind: "parameter", name: token.text, ...place };
    case "set aside":
      return readExpressionAt(reading, form.range);
    default:
      refuse("lost-syntax", "A part of this query was misread.", token);
  }
}

function openName(value: unknown): Node {
  return openNode({ identifier: value });
}

/** Parses a range of tokens as one expression. */
export function readExpressionAt(
  source: Pick<Reading, "parse"> & { readonly canonical: Pick<Reading["canonical"], "outline"> },
  range: { readonly from: number; readonly to: number },
): Expression {
  return readRange({ outline: source.canonical.outline, parse: source.parse }, range, {
    prefix: "select",
    read: (reading, tree) => {
      const select = openNode(tree);
      const items = takeList(select, "expressions");
      closeNode(select, reading.whole);
      if (
        select.kind !== "select" ||
        items.length !== 1 ||
        nodeKind(items[0]) === "star" ||
        nodeKind(items[0]) === "alias"
      )
        refuse("syntax-error", "One expression was expected here.", reading.whole);
      return readExpression(reading, items[0]);
    },
  });
}

function readDot(reading: Reading, node: Node): Expression {
  const base = readExpression(reading, take(node, "this"));
  const name: Name = readName(reading, take(node, "field"));
  const place = placeAround(base, name);
  closeNode(node, place);
  if (base.kind === "path") return { kind: "path", names: [...base.names, name], ...place };
  return { kind: "field", base, name, ...place };
}

function readCase(reading: Reading, node: Node): Expression {
  claim(reading, "CASE");
  const operandNode = takeOptional(node, "operand");
  const operand = operandNode === undefined ? undefined : readExpression(reading, operandNode);
  const branches = takeList(node, "whens").map((branch) => {
    claim(reading, "WHEN");
    const pair: readonly unknown[] = Array.isArray(branch) ? branch : [];
    const [when, then] = pair;
    return { when: readExpression(reading, when), then: readExpression(reading, then) };
  });
  const otherwiseNode = takeOptional(node, "else_");
  const otherwise = otherwiseNode === undefined ? undefined : readExpression(reading, otherwiseNode);
  const parts = [operand, ...branches.flatMap(({ when, then }) => [when, then]), otherwise];
  const place = placeOfAll(
    reading,
    parts.filter((part) => part !== undefined),
  );
  closeNode(node, place);
  if (branches.length === 0) refuseUnsupported("A CASE without WHEN", place);
  return { kind: "case", operand, branches, otherwise, ...place };
}
