import { orderOf } from "./compare-values.ts";
import type { Value } from "./value.ts";

/** The items in the order of their keys; equal ones keep their order, reversed or not, as Python's `sorted` does. */
export function sortValues(
  items: readonly Value[],
  by: { readonly keyOf: (item: Value) => Value; readonly reverse: boolean },
): readonly Value[] {
  const keyed = items.map((item) => ({ item, key: by.keyOf(item) }));
  keyed.sort((left, right) => (by.reverse ? orderOf(right.key, left.key) : orderOf(left.key, right.key)));
  return keyed.map(({ item }) => item);
}
