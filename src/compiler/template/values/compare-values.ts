import { raise } from "../template-error.ts";
import { dictPart, hashKey } from "./dict.ts";
import { numberOf, raiseOperands } from "./numeric.ts";
import { isUndefined, textOf, type Value } from "./value.ts";

const deepest = 200;

function checkDepth(depth: number): void {
  if (depth > deepest) raise("template-depth", "These values are nested too deeply to be compared.");
}

function isNumeric(value: Value): boolean {
  return numberOf(value) !== undefined;
}

/** Exact order of two numbers, whatever mixture of integers and floats: negative, zero, positive, or NaN. */
function compareNumbers(left: Value, right: Value): number {
  const [a, b] = [exact(left), exact(right)];
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : 0;
}

function exact(value: Value): number | bigint {
  return typeof value === "bigint" ? value : (numberOf(value) ?? NaN);
}

/** Python's `==`: by value for texts, numbers, lists, tuples and dictionaries, by identity for the rest. */
export function equalValues(left: Value, right: Value, depth = 0): boolean {
  if (left === right) return true;
  const leftText = textOf(left);
  if (leftText !== undefined) return leftText === textOf(right);
  if (isNumeric(left)) return isNumeric(right) && compareNumbers(left, right) === 0;
  if (typeof left !== "object" || left === null) return false;
  if (left.kind === "object" && left.equals !== undefined) return left.equals(right);
  if (typeof right !== "object" || right === null) return false;
  if (right.kind === "object" && right.equals !== undefined) return right.equals(left);
  checkDepth(depth);
  switch (left.kind) {
    case "undefined":
      return isUndefined(right);
    case "list":
    case "tuple":
      return right.kind === left.kind && equalItems({ left: left.items, right: right.items, depth });
    case "range":
      return (
        right.kind === "range" && left.start === right.start && left.stop === right.stop && left.step === right.step
      );
    case "dict":
      if (right.kind !== "dict" || left.entries.size !== right.entries.size) return false;
      for (const [key, entry] of left.entries) {
        const other = right.entries.get(key);
        if (other === undefined || !equalValues(entry.value, other.value, depth + 1)) return false;
      }
      return true;
    case "view":
      if (right.kind !== "view" || left.part === "values" || right.part !== left.part) return false;
      return sameElements(dictPart(left.of, left.part), dictPart(right.of, right.part));
    default:
      return false;
  }
}

function sameElements(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item) => right.some((other) => equalValues(item, other)));
}

function equalItems(pair: { left: readonly Value[]; right: readonly Value[]; depth: number }): boolean {
  return (
    pair.left.length === pair.right.length &&
    pair.left.every((item, index) => equalValues(item, pair.right[index] ?? null, pair.depth + 1))
  );
}

/** Python's order of two texts: by code point, where JS would go by UTF-16 unit. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [left.charCodeAt(i), right.charCodeAt(i)];
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Whether `left operator right` holds, as in Python; values without an order between them are the author's mistake. */
export function isOrdered(operator: "<" | "<=" | ">" | ">=", left: Value, right: Value): boolean {
  const order = compareValues({ operator, left, right }, 0);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** The order of two values for sorting: negative, zero or positive. */
export function orderOf(left: Value, right: Value): number {
  return compareValues({ operator: "<", left, right }, 0);
}

function compareValues(
  pair: { readonly operator: string; readonly left: Value; readonly right: Value },
  depth: number,
): number {
  const { left, right } = pair;
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  const [leftText, rightText] = [textOf(left), textOf(right)];
  if (leftText !== undefined && rightText !== undefined) return compareTexts(leftText, rightText);
  const order = hostOrder(left, right);
  if (order !== undefined) return order;
  const [leftItems, rightItems] = [orderedItems(left), orderedItems(right)];
  if (leftItems === undefined || leftItems.kind !== rightItems?.kind) return raiseOperands(pair.operator, left, right);
  checkDepth(depth);
  const length = Math.min(leftItems.items.length, rightItems.items.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [leftItems.items[i] ?? null, rightItems.items[i] ?? null];
    if (!equalValues(a, b)) return compareValues({ operator: pair.operator, left: a, right: b }, depth + 1);
  }
  return leftItems.items.length - rightItems.items.length;
}

function hostOrder(left: Value, right: Value): number | undefined {
  if (typeof left === "object" && left?.kind === "object") return left.compare?.(right);
  return undefined;
}

function orderedItems(value: Value): { readonly kind: string; readonly items: readonly Value[] } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return value.kind === "list" || value.kind === "tuple" ? value : undefined;
}

/** Whether two values are one and the same, as Python's `is`. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  const leftText = textOf(left);
  return leftText !== undefined && leftText === textOf(right);
}

/** Whether a dictionary has a key equal to this one. */
export function hasKey(entries: ReadonlyMap<unknown, unknown>, key: Value): boolean {
  return entries.has(hashKey(key));
}
