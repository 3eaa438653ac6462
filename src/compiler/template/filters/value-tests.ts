import { type Method, method, type MethodTable } from "../methods/method.ts";
import { isIn, itemsOf, lengthOf } from "../values/collection.ts";
import { equalValues, isOrdered, sameValue } from "../values/compare-values.ts";
import { integerOf, isFloat, numberOf } from "../values/numeric.ts";
import { remainder } from "../values/operators.ts";
import { printValue } from "../values/print-value.ts";
import { isLowerText, isUpperText } from "../values/text-case.ts";
import { isUndefined, textOf, type Value } from "../values/value.ts";

function asking(question: (value: Value) => boolean): Method<Value> {
  return method([], question);
}

function comparing(compare: (value: Value, other: Value) => boolean): Method<Value> {
  return method(["other"], (value, [other = null]) => compare(value, other));
}

function hasRest(value: Value, divisor: Value, rest: Value): boolean {
  return equalValues(remainder(value, divisor), rest);
}

const isGreater: Method<Value> = comparing((value, other) => isOrdered(">", value, other));
const isLess: Method<Value> = comparing((value, other) => isOrdered("<", value, other));
const isAtLeast: Method<Value> = comparing((value, other) => isOrdered(">=", value, other));
const isAtMost: Method<Value> = comparing((value, other) => isOrdered("<=", value, other));
const isEqual: Method<Value> = comparing((value, other) => equalValues(value, other));
const isUnequal: Method<Value> = comparing((value, other) => !equalValues(value, other));

/** Python counts as a sequence what has a length and items; of ours that is all but views, sets and generators. */
function isSequence(value: Value): boolean {
  const isView = typeof value === "object" && value?.kind === "view";
  return lengthOf(value) !== undefined && !isView;
}

function isMapping(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value.kind === "dict" || (value.kind === "object" && value.isMapping === true);
}

/** Jinja's undefined has a `__call__`, if only to refuse, and is callable by that. */
function isCallable(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    value.kind === "callable" || value.kind === "undefined" || (value.kind === "object" && value.call !== undefined)
  );
}

/** Jinja's tests, all but the two that ask for filters and tests. */
export const valueTests: MethodTable<Value> = new Map<string, Method<Value>>([
  ["defined", asking((value) => !isUndefined(value))],
  ["undefined", asking(isUndefined)],
  ["none", asking((value) => value === null)],
  ["boolean", asking((value) => typeof value === "boolean")],
  ["true", asking((value) => value === true)],
  ["false", asking((value) => value === false)],
  ["integer", asking((value) => typeof value !== "boolean" && integerOf(value) !== undefined)],
  ["float", asking(isFloat)],
  ["number", asking((value) => numberOf(value) !== undefined)],
  ["string", asking((value) => textOf(value) !== undefined)],
  ["mapping", asking(isMapping)],
  ["sequence", asking(isSequence)],
  ["iterable", asking((value) => itemsOf(value) !== undefined)],
  ["callable", asking(isCallable)],
  ["escaped", asking(() => false)],
  ["lower", asking((value) => isLowerText(printValue(value)))],
  ["upper", asking((value) => isUpperText(printValue(value)))],
  ["odd", asking((value) => hasRest(value, 2, 1))],
  ["even", asking((value) => hasRest(value, 2, 0))],
  ["divisibleby", method(["num"], (value, [divisor = null]) => hasRest(value, divisor, 0))],
  ["sameas", comparing(sameValue)],
  ["in", method(["seq"], (value, [container = null]) => isIn(value, container))],
  ["==", isEqual],
  ["eq", isEqual],
  ["equalto", isEqual],
  ["!=", isUnequal],
  ["ne", isUnequal],
  [">", isGreater],
  ["gt", isGreater],
  ["greaterthan", isGreater],
  [">=", isAtLeast],
  ["ge", isAtLeast],
  ["<", isLess],
  ["lt", isLess],
  ["lessthan", isLess],
  ["<=", isAtMost],
  ["le", isAtMost],
]);
