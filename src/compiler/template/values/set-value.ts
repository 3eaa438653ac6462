import { bindArguments } from "../bind-arguments.ts";
import { callable } from "../call.ts";
import { namedAttributes } from "../context/named-attributes.ts";
import { raise } from "../template-error.ts";
import { arrayOf } from "./collection.ts";
import { hasKey } from "./compare-values.ts";
import { hashKey } from "./dict.ts";
import { reprValue } from "./print-value.ts";
import type { HashKey, HostObject, Value } from "./value.ts";

type Entries = Map<HashKey, Value>;

const entriesOf = new WeakMap<HostObject, Entries>();

function entriesFrom(items: Iterable<Value>): Entries {
  const entries: Entries = new Map();
  for (const item of items) {
    const key = hashKey(item);
    if (!entries.has(key)) entries.set(key, item);
  }
  return entries;
}

function setEntries(value: Value): Entries | undefined {
  return typeof value === "object" && value?.kind === "object" ? entriesOf.get(value) : undefined;
}

/** Python's set. It keeps the order in which its items came, where Python's is any. */
export function setValue(items: Iterable<Value>): HostObject {
  const entries = entriesFrom(items);
  const without = (other: Entries): HostObject =>
    setValue([...entries].filter(([key]) => !other.has(key)).map(([, item]) => item));
  const within = (other: Entries): HostObject =>
    setValue([...entries].filter(([key]) => other.has(key)).map(([, item]) => item));
  const others = (name: string, combine: (other: Entries) => Value): Value =>
    callable(name, (call) => combine(entriesFrom(call.positional.flatMap((each) => arrayOf(each)))));
  const changing = (name: string, change: (item: Value) => void): Value =>
    callable(name, (call) => {
      change(bindArguments(call, { required: ["elem"] }).elem);
      return null;
    });
  const value: HostObject = {
    kind: "object",
    typeName: "a set",
    print: () =>
      entries.size === 0 ? "set()" : `{${[...entries.values()].map((item) => reprValue(item)).join(", ")}}`,
    ...namedAttributes({
      difference: others("difference", without),
      intersection: others("intersection", within),
      union: others("union", (other) => setValue([...entries.values(), ...other.values()])),
      symmetric_difference: others("symmetric_difference", (other) =>
        setValue([
          ...[...entries].filter(([key]) => !other.has(key)).map(([, item]) => item),
          ...[...other].filter(([key]) => !entries.has(key)).map(([, item]) => item),
        ]),
      ),
      issubset: others("issubset", (other) => [...entries.keys()].every((key) => other.has(key))),
      issuperset: others("issuperset", (other) => [...other.keys()].every((key) => entries.has(key))),
      isdisjoint: others("isdisjoint", (other) => ![...entries.keys()].some((key) => other.has(key))),
      add: changing("add", (item) => entries.set(hashKey(item), item)),
      discard: changing("discard", (item) => entries.delete(hashKey(item))),
      remove: changing("remove", (item) => {
        if (!entries.delete(hashKey(item))) raise("unknown-item", `The set does not contain ${reprValue(item)}.`);
      }),
      update: callable("update", (call) => {
        for (const item of call.positional.flatMap((each) => arrayOf(each))) entries.set(hashKey(item), item);
        return null;
      }),
      copy: callable("copy", () => setValue(entries.values())),
    }),
    iterate: () => [...entries.values()],
    length: () => entries.size,
    contains: (item) => hasKey(entries, item),
    equals: (other) => {
      const known = setEntries(other);
      return known?.size === entries.size && [...entries.keys()].every((key) => known.has(key));
    },
    operate: ({ operator, other, isRight }) => {
      const known = setEntries(other);
      return operator === "-" && !isRight && known !== undefined ? without(known) : undefined;
    },
  };
  entriesOf.set(value, entries);
  return value;
}
