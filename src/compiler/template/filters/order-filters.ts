import type { Call } from "../call.ts";
import { type Method, method, type MethodTable, raiseArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { arrayOf, isTrue } from "../values/collection.ts";
import { equalValues, orderOf } from "../values/compare-values.ts";
import { dictPart } from "../values/dict.ts";
import { sortValues } from "../values/sort-values.ts";
import { list, nothing, textOf, type TupleValue, type Value } from "../values/value.ts";
import { attributePath, attributePaths, sortKey, withoutCase } from "./attribute-path.ts";

/** The item whose key is the smallest (`sign` 1) or largest (`sign` -1), of equal ones the first. */
function extreme(sign: 1 | -1): Method<Value> {
  return method(["case_sensitive?", "attribute?"], (target, [isCaseSensitive = false, attribute = null], call) => {
    const pathOf = attributePath(attribute, call);
    const keyOf = (item: Value): Value => (isTrue(isCaseSensitive) ? pathOf(item) : withoutCase(pathOf(item)));
    const [first, ...rest] = arrayOf(target);
    if (first === undefined) return nothing("there is nothing to choose from, the list is empty");
    let best = { item: first, key: keyOf(first) };
    for (const item of rest) {
      const key = keyOf(item);
      if (sign * orderOf(key, best.key) < 0) best = { item, key };
    }
    return best.item;
  });
}

function groupTuple(grouper: Value, members: readonly Value[]): TupleValue {
  return { kind: "tuple", items: [grouper, list(members)], names: ["grouper", "list"] };
}

function groupBy(
  items: readonly Value[],
  by: { readonly attribute: Value; readonly fallback: Value; readonly isCaseSensitive: boolean; readonly call: Call },
): Value {
  const pathOf = attributePath(by.attribute, by.call, by.fallback);
  const keyOf = (item: Value): Value => (by.isCaseSensitive ? pathOf(item) : withoutCase(pathOf(item)));
  const groups: { readonly key: Value; readonly members: Value[] }[] = [];
  for (const item of sortValues(items, { keyOf, reverse: false })) {
    const key = keyOf(item);
    const last = groups.at(-1);
    if (last !== undefined && equalValues(last.key, key)) last.members.push(item);
    else groups.push({ key, members: [item] });
  }
  return list(
    groups.map(({ key, members }) => groupTuple(by.isCaseSensitive ? key : pathOf(members[0] ?? null), members)),
  );
}

/** Jinja's filters that bring items into an order. */
export const orderFilters: MethodTable<Value> = new Map<string, Method<Value>>([
  ["min", extreme(1)],
  ["max", extreme(-1)],
  [
    "sort",
    method(
      ["reverse?", "case_sensitive?", "attribute?"],
      (target, [reverse = false, isCaseSensitive = false, attribute = null], call) => {
        const pathsOf = attributePaths(attribute, call);
        const keyOf = (item: Value): Value => sortKey(pathsOf(item), isTrue(isCaseSensitive));
        return list(sortValues(arrayOf(target), { keyOf, reverse: isTrue(reverse) }));
      },
    ),
  ],
  [
    "dictsort",
    method(
      ["case_sensitive?", "by?", "reverse?"],
      (target, [isCaseSensitive = false, by = "key", reverse = false], call) => {
        if (typeof target !== "object" || target?.kind !== "dict") return raiseArgument(target, "a dictionary", call);
        const place = ["key", "value"].indexOf(textOf(by) ?? "");
        if (place < 0) raise("argument-type", '"dictsort" sorts by "key" or by "value".');
        const keyOf = (pair: Value): Value => {
          const part = arrayOf(pair)[place] ?? null;
          return isTrue(isCaseSensitive) ? part : withoutCase(part);
        };
        return list(sortValues(dictPart(target, "items"), { keyOf, reverse: isTrue(reverse) }));
      },
    ),
  ],
  [
    "groupby",
    method(
      ["attribute", "default?", "case_sensitive?"],
      (target, [attribute = null, fallback = null, isCaseSensitive = false], call) =>
        groupBy(arrayOf(target), { attribute, fallback, isCaseSensitive: isTrue(isCaseSensitive), call }),
    ),
  ],
]);
