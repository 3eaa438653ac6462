import type { Call } from "../call.ts";
import { callValue } from "../evaluate/call-value.ts";
import { raise } from "../template-error.ts";
import { arrayOf, isTrue, placeIn } from "../values/collection.ts";
import { equalValues } from "../values/compare-values.ts";
import { printValue, reprValue } from "../values/print-value.ts";
import { sortValues } from "../values/sort-values.ts";
import { list, type ListValue, type TupleValue, type Value } from "../values/value.ts";
import { integerArgument, type Method, method, type MethodTable } from "./method.ts";

type Sequence = ListValue | TupleValue;

function indexOf(self: Sequence, args: { readonly item: Value; readonly start: number; readonly end: number }): number {
  const length = self.items.length;
  const bound = (place: number): number => (place < 0 ? Math.max(0, place + length) : Math.min(place, length));
  for (let i = bound(args.start); i < bound(args.end); i++) {
    const item = self.items[i];
    if (item !== undefined && equalValues(item, args.item)) return i;
  }
  return -1;
}

const shared: readonly (readonly [string, Method<Sequence>])[] = [
  ["count", method(["value"], (self, [value = null]) => self.items.filter((item) => equalValues(item, value)).length)],
  [
    "index",
    method(["value", "start?", "stop?"], (self, [item = null, start = 0, stop = self.items.length], call) => {
      const bounds = { start: integerArgument(start, call), end: integerArgument(stop, call) };
      const found = indexOf(self, { item, ...bounds });
      return found >= 0 ? found : raise("unknown-item", `The list does not contain ${reprValue(item)}.`);
    }),
  ],
];

/** The methods of a tuple. */
export const tupleMethods: MethodTable<TupleValue> = new Map(shared);

/** The methods of a list; most change it in place and give `None`. */
export const listMethods: MethodTable<ListValue> = new Map<string, Method<ListValue>>([
  ...shared,
  [
    "append",
    method(["object"], (self, [item = null]) => {
      self.items.push(item);
      return null;
    }),
  ],
  [
    "extend",
    method(["iterable"], (self, [items = null]) => {
      self.items.push(...arrayOf(items));
      return null;
    }),
  ],
  [
    "insert",
    method(["index", "object"], (self, [index, item = null], call) => {
      const place = integerArgument(index, call);
      self.items.splice(place < 0 ? Math.max(0, place + self.items.length) : place, 0, item);
      return null;
    }),
  ],
  [
    "pop",
    method(["index?"], (self, [index = -1]) => {
      const place = placeIn(index, self.items.length);
      const removed = place === undefined ? [] : self.items.splice(place, 1);
      const [item] = removed;
      return item === undefined
        ? raise("unknown-item", `The list has no item ${printValue(index)} to take out.`)
        : item;
    }),
  ],
  [
    "remove",
    method(["value"], (self, [item = null]) => {
      const place = indexOf(self, { item, start: 0, end: self.items.length });
      if (place < 0) raise("unknown-item", `The list does not contain ${reprValue(item)}.`);
      self.items.splice(place, 1);
      return null;
    }),
  ],
  [
    "sort",
    method(["key?", "reverse?"], (self, [key = null, reverse = false], call: Call) => {
      const keyOf = (item: Value): Value =>
        key === null ? item : callValue(key, { ...call, positional: [item], named: new Map() });
      const sorted = sortValues(self.items, { keyOf, reverse: isTrue(reverse) });
      self.items.splice(0, self.items.length, ...sorted);
      return null;
    }),
  ],
  [
    "reverse",
    method([], (self) => {
      self.items.reverse();
      return null;
    }),
  ],
  [
    "clear",
    method([], (self) => {
      self.items.length = 0;
      return null;
    }),
  ],
  ["copy", method([], (self) => list(self.items))],
]);
