import { raise } from "../template-error.ts";
import { describeTypeFirst } from "./describe-type.ts";
import { type DictValue, type HashKey, type Value, tuple } from "./value.ts";

const deepest = 200;

/** All undefined values are one key. */
const undefinedKey = {};

/** What equal dictionary keys have in common, as in Python: `1`, `1.0` and `true` are one key. Lists and dicts are none. */
export function hashKey(value: Value, depth = 0): HashKey {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
    return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  switch (value.kind) {
    case "float":
      return Number.isInteger(value.value) && !Number.isSafeInteger(value.value) ? BigInt(value.value) : value.value;
    case "text":
      return value.sql.text;
    case "tuple":
      if (depth > deepest) raise("template-depth", "This tuple is nested too deeply to be a key.");
      return `\u0000(${value.items.map((item) => hashLabel(hashKey(item, depth + 1))).join(",")})`;
    case "undefined":
      return undefinedKey;
    case "list":
    case "dict":
    case "view":
      return raise("template-type", `${describeTypeFirst(value)} cannot be a key of a dictionary.`);
    case "object":
      return value.hashKey?.() ?? value;
    default:
      return value;
  }
}

/** A text that is the same for the same key alone, so that tuples of keys can be told apart. */
function hashLabel(key: HashKey): string {
  if (typeof key === "object" && key !== null)
    raise("template-type", "A tuple with an object in it cannot be a key of a dictionary.");
  return `${typeof key}:${JSON.stringify(String(key))}`;
}

/** Whether a value can be a key: a list cannot, nor a tuple with a list in it. */
export function isHashable(value: Value, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (value.kind === "tuple") return depth <= deepest && value.items.every((item) => isHashable(item, depth + 1));
  return value.kind !== "list" && value.kind !== "dict" && value.kind !== "view";
}

/** A dictionary with these entries; of equal keys the last value and the first place count. */
export function dict(entries: Iterable<readonly [Value, Value]> = []): DictValue {
  const made: DictValue = { kind: "dict", entries: new Map() };
  for (const [key, value] of entries) setEntry(made, key, value);
  return made;
}

/** The value under a key, or JS `undefined` where there is none. */
export function entryOf(from: DictValue, key: Value): Value | undefined {
  return from.entries.get(hashKey(key))?.value;
}

/** Puts a value under a key; a key that is there already keeps its place. */
export function setEntry(into: DictValue, key: Value, value: Value): void {
  const hash = hashKey(key);
  into.entries.set(hash, { key: into.entries.get(hash)?.key ?? key, value });
}

/** Takes a key out and gives its value, or JS `undefined` where there was none. */
export function removeEntry(from: DictValue, key: Value): Value | undefined {
  const hash = hashKey(key);
  const found = from.entries.get(hash);
  from.entries.delete(hash);
  return found?.value;
}

/** The keys, values or pairs of a dictionary as they are now. */
export function dictPart(of: DictValue, part: "keys" | "values" | "items"): readonly Value[] {
  const entries = [...of.entries.values()];
  switch (part) {
    case "keys":
      return entries.map((entry) => entry.key);
    case "values":
      return entries.map((entry) => entry.value);
    case "items":
      return entries.map((entry) => tuple([entry.key, entry.value]));
  }
}
