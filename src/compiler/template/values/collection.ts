import { raise } from "../template-error.ts";
import { codePoints, lengthOfText } from "./code-points.ts";
import { equalValues, hasKey } from "./compare-values.ts";
import { describeType } from "./describe-type.ts";
import { dictPart } from "./dict.ts";
import { raiseMissing } from "./missing-error.ts";
import { integerOf } from "./numeric.ts";
import { type IteratorValue, type RangeValue, textOf, type Value } from "./value.ts";

/** Python's truth: empty things, zero, `None` and undefined are false. */
export function isTrue(value: Value): boolean {
  if (value === null) return false;
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
    case "bigint":
      return value !== 0;
    case "string":
      return value !== "";
    default:
      break;
  }
  switch (value.kind) {
    case "float":
      return value.value !== 0;
    case "undefined":
      return false;
    case "object":
      return value.isTrue?.() ?? (value.length === undefined || value.length() > 0);
    case "iterator":
    case "namespace":
    case "callable":
      return true;
    default:
      return (lengthOf(value) ?? 1) > 0;
  }
}

/** The number of items or characters, or `undefined` for what has no length. */
export function lengthOf(value: Value): number | undefined {
  if (typeof value === "string") return lengthOfText(value);
  if (typeof value !== "object" || value === null) return undefined;
  switch (value.kind) {
    case "text":
      return lengthOfText(value.sql.text);
    case "undefined":
      return 0;
    case "list":
    case "tuple":
      return value.items.length;
    case "dict":
      return value.entries.size;
    case "view":
      return value.of.entries.size;
    case "range":
      return rangeLength(value);
    case "object":
      return value.length?.();
    case "float":
    case "iterator":
    case "namespace":
    case "callable":
      return undefined;
  }
}

/** How many numbers a range has. */
export function rangeLength(range: RangeValue): number {
  return Math.max(0, Math.ceil((range.stop - range.start) / range.step));
}

function rangeItems(range: RangeValue): readonly number[] {
  return Array.from({ length: rangeLength(range) }, (_, index) => range.start + index * range.step);
}

/** What a loop over the value sees, or `undefined` for what cannot be looped over. A list is followed as it grows. */
export function itemsOf(value: Value): Iterable<Value> | undefined {
  const text = textOf(value);
  if (text !== undefined) return codePoints(text);
  if (typeof value !== "object" || value === null) return undefined;
  switch (value.kind) {
    case "undefined":
      return [];
    case "list":
    case "tuple":
      return value.items;
    case "dict":
      return dictPart(value, "keys");
    case "view":
      return dictPart(value.of, value.part);
    case "range":
      return rangeItems(value);
    case "iterator":
      return drained(value);
    case "object":
      return value.iterate?.();
    case "float":
    case "text":
    case "namespace":
    case "callable":
      return undefined;
  }
}

function* drained(from: IteratorValue): Iterable<Value> {
  for (let item = from.items[from.next]; item !== undefined; item = from.items[from.next]) {
    from.next++;
    yield item;
  }
}

/** The items as an array of its own; a value that cannot be looped over is the author's mistake. */
export function arrayOf(value: Value): Value[] {
  const items = itemsOf(value);
  if (items === undefined) return raise("template-type", `One cannot loop over ${describeType(value)}.`);
  return [...items];
}

/** Python's `in`: a part of a text, a key of a dictionary, an item of anything else. */
export function isIn(value: Value, container: Value): boolean {
  const whole = textOf(container);
  if (whole !== undefined) {
    const part = textOf(value);
    if (part === undefined) {
      if (typeof value === "object" && value?.kind === "undefined") raiseMissing(value);
      raise("template-type", `A text can only contain a text, not ${describeType(value)}.`);
    }
    return whole.includes(part);
  }
  if (typeof container === "object" && container !== null) {
    if (container.kind === "dict") return hasKey(container.entries, value);
    if (container.kind === "view" && container.part === "keys") return hasKey(container.of.entries, value);
    if (container.kind === "object" && container.contains !== undefined) return container.contains(value);
    const items = itemsOf(container);
    if (items !== undefined) {
      for (const item of items) if (equalValues(item, value)) return true;
      return false;
    }
  }
  return raise("template-type", `"in" looks into a list, a dictionary or a text, not into ${describeType(container)}.`);
}

/** The value as a place in a sequence of this length, or `undefined` where it is outside or no integer. */
export function placeIn(value: Value, length: number): number | undefined {
  const index = integerOf(value);
  if (typeof index !== "number") return undefined;
  const place = index < 0 ? index + length : index;
  return place >= 0 && place < length ? place : undefined;
}
