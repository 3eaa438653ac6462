import { placeAround, type Place } from "../place.ts";
import type { Expression, InSet } from "../syntax.ts";
import { closeNode, type Node, nodeKind, openNode, take, takeFlag, takeList, takeOptional, takeText } from "./node.ts";
import { readExpression } from "./read-expression.ts";
import { readQuery } from "./read-query.ts";
import { claim, formOf, type Reading, returnToken } from "./reading.ts";

/** Reads the predicates that are no plain operators: IN, BETWEEN, LIKE, IS and IS DISTINCT FROM. */
export function readPattern(reading: Reading, node: Node): Expression | undefined {
  switch (node.kind) {
    case "between":
      return readBetween(reading, node);
    case "in":
      return readIn(reading, node);
    case "regexp_like":
      return readLike(reading, node);
    case "is_null":
      return readIs(reading, node, "null");
    case "is_true":
      return readIs(reading, node, "true");
    case "is_false":
      return readIs(reading, node, "false");
    case "null_safe_eq":
    case "null_safe_neq": {
      claim(reading, "IS", "DISTINCT", ...(node.kind === "null_safe_eq" ? ["NOT"] : []));
      const left = readExpression(reading, take(node, "left"));
      const right = readExpression(reading, take(node, "right"));
      const place = placeAround(left, right);
      closeNode(node, place);
      return { kind: "is distinct from", left, right, isNegated: node.kind === "null_safe_eq", ...place };
    }
    default:
      return undefined;
  }
}

function takeNegation(reading: Reading, node: Node): boolean {
  const isNegated = takeFlag(node, "not");
  if (isNegated) claim(reading, "NOT");
  return isNegated;
}

function readBetween(reading: Reading, node: Node): Expression {
  claim(reading, "BETWEEN", "AND");
  const isNegated = takeNegation(reading, node);
  const operand = readExpression(reading, take(node, "this"));
  const low = readExpression(reading, take(node, "low"));
  const high = readExpression(reading, take(node, "high"));
  const place = placeAround(operand, high);
  closeNode(node, place);
  return { kind: "between", operand, low, high, isNegated, ...place };
}

function readIn(reading: Reading, node: Node): Expression {
  claim(reading, "IN");
  const isNegated = takeNegation(reading, node);
  const operand = readExpression(reading, take(node, "this"));
  const set = readInSet(reading, node);
  const parts: readonly Place[] = set.kind === "list" ? set.items : [set.kind === "query" ? set.query : set.array];
  const place = parts.reduce<Place>(placeAround, operand);
  closeNode(node, place);
  return { kind: "in", operand, set, isNegated, start: place.start, end: place.end };
}

function readInSet(reading: Reading, node: Node): InSet {
  const query = takeOptional(node, "query");
  if (query !== undefined) return { kind: "query", query: readQuery(reading, query) };
  const array = takeOptional(node, "unnest");
  if (array !== undefined) {
    claim(reading, "UNNEST");
    return { kind: "unnest", array: readExpression(reading, array) };
  }
  return { kind: "list", items: takeList(node, "expressions").map((item) => readExpression(reading, item)) };
}

/** LIKE, which the canonical text spells RLIKE; the list of LIKE ANY comes as a call. */
function readLike(reading: Reading, node: Node): Expression {
  claim(reading, "LIKE");
  const operand = readExpression(reading, take(node, "this"));
  const { quantifier, isNegated, patterns } = readPatterns(reading, take(node, "pattern"));
  const place = patterns.reduce<Place>(placeAround, operand);
  closeNode(node, place);
  return { kind: "like", operand, quantifier, patterns, isNegated, start: place.start, end: place.end };
}

function readPatterns(
  reading: Reading,
  value: unknown,
): Pick<Extract<Expression, { readonly kind: "like" }>, "quantifier" | "patterns" | "isNegated"> {
  if (nodeKind(value) === "function") {
    const call = openNode(value);
    const { index, token } = returnToken(reading, takeText(call, "name"));
    const form = formOf(reading, index);
    if (form?.kind === "patterns") {
      const patterns = takeList(call, "args").map((pattern) => readExpression(reading, pattern));
      closeNode(call, token);
      return { quantifier: form.quantifier, isNegated: form.isNegated, patterns };
    }
  }
  return { quantifier: undefined, isNegated: false, patterns: [readExpression(reading, value)] };
}

function readIs(reading: Reading, node: Node, what: "null" | "true" | "false"): Expression {
  claim(reading, "IS", what.toUpperCase());
  const isNegated = takeNegation(reading, node);
  const operand = readExpression(reading, take(node, "this"));
  closeNode(node, operand);
  return { kind: "is", operand, what, isNegated, start: operand.start, end: operand.end };
}
