import type { Call as CallValues } from "../call.ts";
import { applyFilter, applyTest } from "../filters/apply-filter.ts";
import { attributeOf, itemOf, sliceOf } from "../methods/access.ts";
import type {
  Arithmetic,
  ArithmeticOperator,
  Arguments,
  Call,
  Comparison,
  ComparisonOperator,
  Concatenation,
  Expression,
  Item,
  Slice,
} from "../syntax.ts";
import { raise } from "../template-error.ts";
import { isIn, isTrue } from "../values/collection.ts";
import { equalValues, isOrdered } from "../values/compare-values.ts";
import { describeType } from "../values/describe-type.ts";
import { dict } from "../values/dict.ts";
import { checkDefined, isUnknown, raiseMissing } from "../values/missing-error.ts";
import { divide, floorDivide, identity, integerOf, negate, power, subtract } from "../values/numeric.ts";
import { add, concatenate, multiply, operateOnObject, remainder } from "../values/operators.ts";
import { isUndefined, list, nothing, orElse, tuple, type Value } from "../values/value.ts";
import { callValue } from "./call-value.ts";
import { evaluateArguments } from "./evaluate-arguments.ts";
import type { Frame } from "./evaluation.ts";
import { enter } from "./depth.ts";
import { findName } from "./frame.ts";

/** The value of an expression. */
export function evaluate(node: Expression, frame: Frame): Value {
  if (node.kind === "literal") return node.value;
  if (node.kind === "name") return findName(node, frame);
  enter(frame.evaluation, node.span);
  const value = evaluateNode(node, frame);
  frame.evaluation.depth--;
  return value;
}

/** Notes the place at which the next operation happens, for the error it may raise. */
function locate(node: Expression, frame: Frame): void {
  frame.evaluation.span = node.span;
  frame.evaluation.via = frame.via;
}

type Compound = Exclude<Expression, { readonly kind: "literal" | "name" }>;

function evaluateNode(node: Compound, frame: Frame): Value {
  switch (node.kind) {
    case "list":
      return list(node.items.map((item) => evaluate(item, frame)));
    case "tuple":
      return tuple(node.items.map((item) => evaluate(item, frame)));
    case "dict": {
      const entries = node.entries.map(({ key, value }) => [evaluate(key, frame), evaluate(value, frame)] as const);
      locate(node, frame);
      return dict(entries);
    }
    case "attribute": {
      const target = evaluate(node.target, frame);
      locate(node, frame);
      return attributeOf(target, node.name);
    }
    case "item":
      return evaluateItem(node, frame);
    case "call":
      return evaluateCall(node, frame);
    case "filter": {
      const target = evaluate(node.target, frame);
      return filterValue(target, node, frame);
    }
    case "test": {
      const target = evaluate(node.target, frame);
      const found = evaluateArguments(node.arguments, (each) => evaluate(each, frame));
      locate(node, frame);
      return applyTest(node.name, target, { ...found, ...callPlace(node, frame) });
    }
    case "unary": {
      const operand = evaluate(node.operand, frame);
      if (node.operator === "not") return !isTrue(operand);
      locate(node, frame);
      return node.operator === "-" ? negate(operand) : identity(operand);
    }
    case "arithmetic":
      return evaluateArithmetic(node, frame);
    case "concatenation":
      return evaluateConcatenation(node, frame);
    case "and":
    case "or": {
      let value: Value = null;
      for (const operand of node.operands) {
        value = evaluate(operand, frame);
        if (isTrue(value) === (node.kind === "or")) return value;
      }
      return value;
    }
    case "comparison":
      return evaluateComparison(node, frame);
    case "conditional":
      if (isTrue(evaluate(node.condition, frame))) return evaluate(node.then, frame);
      return node.otherwise === undefined
        ? nothing('the condition of an "if" without "else" is false')
        : evaluate(node.otherwise, frame);
  }
}

function callPlace(node: Pick<Expression, "span">, frame: Frame): Pick<CallValues, "span" | "via" | "evaluation"> {
  return { span: node.span, via: frame.via, evaluation: frame.evaluation };
}

/** Applies a filter to a value that is known already, be it an expression's or a block's. */
export function filterValue(
  target: Value,
  node: Pick<Expression, "span"> & { readonly name: string; readonly arguments: Arguments },
  frame: Frame,
): Value {
  const found = evaluateArguments(node.arguments, (each) => evaluate(each, frame));
  frame.evaluation.span = node.span;
  frame.evaluation.via = frame.via;
  return applyFilter(node.name, target, { ...found, ...callPlace(node, frame) });
}

function evaluateItem(node: Item, frame: Frame): Value {
  const target = evaluate(node.target, frame);
  if (node.key.kind !== "slice") {
    const key = evaluate(node.key, frame);
    locate(node, frame);
    return itemOf(target, key);
  }
  const { start, stop, step } = node.key;
  const bounds = {
    start: sliceBound(start, frame),
    stop: sliceBound(stop, frame),
    step: sliceBound(step, frame),
  };
  locate(node, frame);
  return sliceOf(target, bounds);
}

function sliceBound(node: Slice["start"], frame: Frame): number | undefined {
  if (node === undefined) return undefined;
  const value = evaluate(node, frame);
  if (value === null) return undefined;
  const bound = integerOf(value);
  if (bound !== undefined) return Number(bound);
  locate(node, frame);
  if (isUndefined(value)) raiseMissing(value);
  return raise("template-type", `A slice is bounded by whole numbers, found ${describeType(value)}.`);
}

function evaluateCall(node: Call, frame: Frame): Value {
  const callee = evaluate(node.callee, frame);
  if (isUndefined(callee) && !isUnknown(callee)) {
    locate(node.callee, frame);
    raiseMissing(callee, "function");
  }
  const found = evaluateArguments(node.arguments, (each) => evaluate(each, frame));
  locate(node, frame);
  return callValue(callee, { ...found, ...callPlace(node, frame) });
}

const operations: Readonly<Record<ArithmeticOperator, (left: Value, right: Value) => Value>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "//": floorDivide,
  "%": remainder,
  "**": power,
};

function evaluateArithmetic(node: Arithmetic, frame: Frame): Value {
  let value = evaluate(node.first, frame);
  for (const { operator, operand, span } of node.rest) {
    const right = evaluate(operand, frame);
    frame.evaluation.span = span;
    frame.evaluation.via = frame.via;
    const left = value;
    if (isUnknown(left) || isUnknown(right)) return isUnknown(left) ? left : right;
    value = orElse(operateOnObject(operator, left, right), () => operations[operator](left, right));
  }
  return value;
}

function evaluateConcatenation(node: Concatenation, frame: Frame): Value {
  const parts = node.parts.map((part) => evaluate(part, frame));
  locate(node, frame);
  if (frame.environment.undefinedOutput === "error") parts.forEach(checkDefined);
  return concatenate(parts);
}

function evaluateComparison(node: Comparison, frame: Frame): Value {
  let left = evaluate(node.first, frame);
  for (const { operator, operand } of node.rest) {
    const right = evaluate(operand, frame);
    locate(node, frame);
    if (!compares(operator, left, right)) return false;
    left = right;
  }
  return true;
}

function compares(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case "==":
      return equalValues(left, right);
    case "!=":
      return !equalValues(left, right);
    case "in":
      return isIn(left, right);
    case "not in":
      return !isIn(left, right);
    default:
      return isOrdered(operator, left, right);
  }
}
