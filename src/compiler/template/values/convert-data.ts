import { type Data, isDataList } from "../../../domain/data.ts";
import { raise } from "../template-error.ts";
import { dict } from "./dict.ts";
import { arrayOf, itemsOf } from "./collection.ts";
import { describeType } from "./describe-type.ts";
import { printValue } from "./print-value.ts";
import { float, list, textOf, type Value } from "./value.ts";

const deepest = 200;

/** Plain data as a template's value; a number with a fraction is a float. */
export function fromData(data: Data): Value {
  if (typeof data === "number") return Number.isSafeInteger(data) ? data : float(data);
  if (data === null || typeof data !== "object") return data;
  if (isDataList(data)) return list(data.map(fromData));
  return dict(Object.entries(data).map(([name, value]) => [name, fromData(value)] as const));
}

/**
 * A template's value as plain data: text without its origins, tuples and ranges as lists, an object as what it prints.
 * Undefined is `null`, an integer beyond 2^53 its digits as text; a function has no data.
 */
export function toData(value: Value, depth = 0): Data {
  if (depth > deepest) raise("template-depth", "This value is nested too deeply.");
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  switch (value.kind) {
    case "float":
      return value.value;
    case "text":
      return value.sql.text;
    case "undefined":
      return null;
    case "list":
    case "tuple":
      return value.items.map((item) => toData(item, depth + 1));
    case "dict":
      return Object.fromEntries(
        [...value.entries.values()].map((entry) => [
          textOf(entry.key) ?? printValue(entry.key),
          toData(entry.value, depth + 1),
        ]),
      );
    case "namespace":
      return Object.fromEntries([...value.attributes].map(([name, item]) => [name, toData(item, depth + 1)]));
    case "view":
    case "range":
    case "iterator":
      return arrayOf(value).map((item) => toData(item, depth + 1));
    case "object":
      return itemsOf(value) === undefined ? value.print() : arrayOf(value).map((item) => toData(item, depth + 1));
    case "callable":
      return raise("template-type", `There is no data for ${describeType(value)}.`);
  }
}
