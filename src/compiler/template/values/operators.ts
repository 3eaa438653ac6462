import { concatSql, type Sql, trustedSql } from "../../../domain/sql.ts";
import { raise } from "../template-error.ts";
import { formatPercent } from "./format-percent.ts";
import { addNumbers, integerOf, modulo, multiplyNumbers, raiseOperands } from "./numeric.ts";
import { printValue } from "./print-value.ts";
import { checkLength, repeatText } from "./repeat-text.ts";
import { type HostObject, list, text, textOf, tuple, type Value } from "./value.ts";

const mostItems = 1_000_000;

/** `left + right`: sums, joined texts, lists and tuples. */
export function add(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return addNumbers(left, right);
  if (textOf(left) !== undefined && textOf(right) !== undefined) return concatenate([left, right]);
  if (isSequence(left, "list") && isSequence(right, "list")) return list([...left.items, ...right.items]);
  if (isSequence(left, "tuple") && isSequence(right, "tuple")) return tuple([...left.items, ...right.items]);
  return addNumbers(left, right);
}

/** `left * right`: products, and texts, lists and tuples repeated. */
export function multiply(left: Value, right: Value): Value {
  return repeated(left, right) ?? repeated(right, left) ?? multiplyNumbers(left, right);
}

function repeated(value: Value, times: Value): Value | undefined {
  const whole = textOf(value);
  const items = isSequence(value, "list") || isSequence(value, "tuple") ? value : undefined;
  if (whole === undefined && items === undefined) return undefined;
  const count = integerOf(times);
  if (count === undefined) return raiseOperands("*", value, times);
  if (typeof count === "bigint") raise("template-size", "Nothing can be repeated so many times.");
  const bounded = Math.max(0, count);
  if (whole !== undefined) return repeatText(whole, bounded);
  if (items === undefined) return undefined;
  if (items.items.length * bounded > mostItems) raise("template-size", "This list would be too long.");
  const many = Array.from({ length: bounded }, () => items.items).flat();
  return items.kind === "list" ? list(many) : tuple(many);
}

/** `left % right`: the rest of a division, or a text with its `%` places filled in. */
export function remainder(left: Value, right: Value): Value {
  const format = textOf(left);
  return format === undefined ? modulo(left, right) : formatPercent(format, right);
}

/** What an object on either side makes of the operator; JS `undefined` where none has a say. */
export function operateOnObject(operator: string, left: Value, right: Value): Value | undefined {
  if (operator !== "+" && operator !== "-" && operator !== "*" && operator !== "/") return undefined;
  const own = isObject(left) ? left.operate?.({ operator, other: right, isRight: false }) : undefined;
  if (own !== undefined) return own;
  return isObject(right) ? right.operate?.({ operator, other: left, isRight: true }) : undefined;
}

function isObject(value: Value): value is HostObject {
  return typeof value === "object" && value?.kind === "object";
}

/** `a ~ b ~ c`: printed one after another; what has origins keeps them. */
export function concatenate(parts: readonly Value[]): Value {
  const whole = concatSql(parts.map(asSql));
  checkLength(whole.text.length);
  return parts.some((part) => typeof part === "object" && part?.kind === "text") ? text(whole) : whole.text;
}

/** A value as printed, with its origins where it has any. */
export function asSql(value: Value): Sql {
  return typeof value === "object" && value?.kind === "text" ? value.sql : trustedSql(printValue(value));
}

function isSequence<Kind extends "list" | "tuple">(value: Value, kind: Kind): value is Extract<Value, { kind: Kind }> {
  return typeof value === "object" && value?.kind === kind;
}
