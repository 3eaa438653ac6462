import { raise } from "../template-error.ts";
import { arrayOf } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { dict, entryOf, removeEntry, setEntry } from "../values/dict.ts";
import { reprValue } from "../values/print-value.ts";
import { type DictValue, orElse, tuple, type Value } from "../values/value.ts";
import { type Method, method, type MethodTable } from "./method.ts";

/** The pairs that a dictionary or a list of pairs holds, as `dict()` and `update()` take them. */
export function pairsOf(value: Value): readonly (readonly [Value, Value])[] {
  if (typeof value === "object" && value?.kind === "dict")
    return [...value.entries.values()].map(({ key, value: item }) => [key, item] as const);
  return arrayOf(value).map((pair) => {
    const [key, item, ...more] = arrayOf(pair);
    if (key === undefined || item === undefined || more.length > 0)
      return raise("template-type", `Expected pairs of a key and a value, found ${describeType(pair)}.`);
    return [key, item] as const;
  });
}

/** The methods of a dictionary. */
export const dictMethods: MethodTable<DictValue> = new Map<string, Method<DictValue>>([
  [
    "get",
    method(["key", "default?"], (self, [key = null, fallback = null]) => orElse(entryOf(self, key), () => fallback)),
  ],
  ["items", method([], (self) => ({ kind: "view", part: "items", of: self }))],
  ["keys", method([], (self) => ({ kind: "view", part: "keys", of: self }))],
  ["values", method([], (self) => ({ kind: "view", part: "values", of: self }))],
  [
    "update",
    method("any", (self, args, call) => {
      if (args.length > 1) raise("too-many-arguments", `"update" takes 1 argument at most, found ${args.length}.`);
      for (const [key, value] of args.flatMap((each) => pairsOf(each ?? null))) setEntry(self, key, value);
      for (const [key, value] of call.named) setEntry(self, key, value);
      return null;
    }),
  ],
  [
    "pop",
    method(["key", "default?"], (self, [key = null, fallback]) => {
      const found = removeEntry(self, key);
      if (found !== undefined) return found;
      return orElse(fallback, () => raise("unknown-item", `The dictionary has no key ${reprValue(key)}.`));
    }),
  ],
  [
    "popitem",
    method([], (self) => {
      const last = [...self.entries].at(-1);
      if (last === undefined) return raise("unknown-item", "The dictionary is empty.");
      self.entries.delete(last[0]);
      return tuple([last[1].key, last[1].value]);
    }),
  ],
  [
    "setdefault",
    method(["key", "default?"], (self, [key = null, fallback = null]) => {
      const found = entryOf(self, key);
      if (found !== undefined) return found;
      setEntry(self, key, fallback);
      return fallback;
    }),
  ],
  [
    "clear",
    method([], (self) => {
      self.entries.clear();
      return null;
    }),
  ],
  ["copy", method([], (self) => dict(pairsOf(self)))],
]);
