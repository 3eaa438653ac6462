import { type Method, integerArgument, method, type MethodTable, raiseArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { codePoints } from "../values/code-points.ts";
import { arrayOf, isTrue, lengthOf } from "../values/collection.ts";
import { dictPart, hashKey } from "../values/dict.ts";
import { describeType } from "../values/describe-type.ts";
import { add } from "../values/operators.ts";
import { isUndefined, iterator, list, nothing, orElse, textOf, type Value } from "../values/value.ts";
import { attributePath, withoutCase } from "./attribute-path.ts";

function countItems(target: Value): Value {
  return lengthOf(target) ?? raise("template-type", `There is no length of ${describeType(target)}.`);
}

/** Python's `reversed` knows no generator. */
function reversible(target: Value): readonly Value[] | undefined {
  const isGenerator = typeof target === "object" && target !== null && target.kind === "iterator";
  return isGenerator || lengthOf(target) === undefined ? undefined : arrayOf(target);
}

function reverse(target: Value): Value {
  const whole = textOf(target);
  if (whole !== undefined) return codePoints(whole).toReversed().join("");
  const items = reversible(target);
  return items === undefined
    ? list(arrayOf(target).reverse())
    : iterator("list_reverseiterator object", items.toReversed());
}

function* batches(items: readonly Value[], size: number): Iterable<Value[]> {
  let batch: Value[] = [];
  for (const item of items) {
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length > 0) yield batch;
}

const mostSlices = 1_000_000;

function slices(items: readonly Value[], count: number, filling: Value): readonly Value[] {
  if (count === 0) raise("argument-type", '"slice" expects a number of slices other than 0.');
  if (count > mostSlices) raise("template-size", `"slice" makes ${mostSlices} slices at most.`);
  const size = Math.floor(items.length / count);
  const longer = items.length - size * count;
  let start = 0;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const end = start + size + (index < longer ? 1 : 0);
    const part = items.slice(start, end);
    start = end;
    return list(filling !== null && index >= longer ? [...part, filling] : part);
  });
}

/** Jinja's filters that look at the items of a value, or make other lists of them. */
export const listFilters: MethodTable<Value> = new Map<string, Method<Value>>([
  ["length", method([], countItems)],
  ["count", method([], countItems)],
  ["list", method([], (target) => list(arrayOf(target)))],
  [
    "first",
    method([], (target) => orElse(arrayOf(target)[0], () => nothing("there is no first item, the list is empty"))),
  ],
  [
    "last",
    method([], (target, _args, call) => {
      const items = reversible(target) ?? raiseArgument(target, "a list", call);
      return orElse(items.at(-1), () => nothing("there is no last item, the list is empty"));
    }),
  ],
  ["reverse", method([], reverse)],
  [
    "items",
    method([], (target, _args, call) => {
      if (isUndefined(target)) return iterator("generator object do_items", []);
      if (typeof target !== "object" || target?.kind !== "dict") return raiseArgument(target, "a dictionary", call);
      return iterator("generator object do_items", dictPart(target, "items"));
    }),
  ],
  [
    "sum",
    method(["attribute?", "start?"], (target, [attribute = null, start = 0], call) => {
      if (textOf(start) !== undefined) raiseArgument(start, "a number to start with", call);
      return arrayOf(target).map(attributePath(attribute, call)).reduce(add, start);
    }),
  ],
  [
    "batch",
    method(["linecount", "fill_with?"], (target, [size = null, filling = null], call) => {
      const wanted = integerArgument(size, call);
      const found = [...batches(arrayOf(target), wanted)].map((batch) => {
        const missing = filling === null ? 0 : wanted - batch.length;
        if (missing > mostSlices) raise("template-size", `"batch" fills up with ${mostSlices} values at most.`);
        return list([...batch, ...Array.from({ length: Math.max(0, missing) }, () => filling)]);
      });
      return iterator("generator object do_batch", found);
    }),
  ],
  [
    "slice",
    method(["slices", "fill_with?"], (target, [count = null, filling = null], call) =>
      iterator("generator object sync_do_slice", slices(arrayOf(target), integerArgument(count, call), filling)),
    ),
  ],
  [
    "unique",
    method(["case_sensitive?", "attribute?"], (target, [isCaseSensitive = false, attribute = null], call) => {
      const pathOf = attributePath(attribute, call);
      const seen = new Set<unknown>();
      const found = arrayOf(target).filter((item) => {
        const value = pathOf(item);
        const key = hashKey(isTrue(isCaseSensitive) ? value : withoutCase(value));
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
      return iterator("generator object sync_do_unique", found);
    }),
  ],
]);
