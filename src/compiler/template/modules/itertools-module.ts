import { namedAttributes } from "../context/named-attributes.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { callValue } from "../evaluate/call-value.ts";
import { integerArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { arrayOf, isTrue } from "../values/collection.ts";
import { equalValues } from "../values/compare-values.ts";
import { add } from "../values/operators.ts";
import { type HostObject, iterator, list, orElse, tuple, type Value } from "../values/value.ts";

const most = 1_000_000;

function product(pools: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  const size = pools.reduce((count, pool) => count * pool.length, 1);
  if (size > most) raise("template-size", "This product would be too long.");
  return pools.reduce<readonly (readonly Value[])[]>(
    (made, pool) => made.flatMap((row) => pool.map((item) => [...row, item])),
    [[]],
  );
}

/** The rows of indexes, in order, whose places fulfil the condition. */
function choices(
  count: number,
  size: number,
  accept: (row: readonly number[], next: number) => boolean,
): readonly (readonly number[])[] {
  let rows: readonly (readonly number[])[] = [[]];
  for (let place = 0; place < size; place++) {
    rows = rows.flatMap((row) =>
      Array.from({ length: count }, (_, index) => index).flatMap((index) =>
        accept(row, index) ? [[...row, index]] : [],
      ),
    );
    if (rows.length > most) raise("template-size", "There are too many of these.");
  }
  return rows;
}

function chosen(
  call: Call,
  accept: (row: readonly number[], next: number) => boolean,
  isSizeNeeded: "needed" | "optional",
): Value {
  const bound = bindArguments(call, { required: ["iterable"], optional: ["r"] });
  const items = arrayOf(bound.iterable);
  if (bound.r === undefined && isSizeNeeded === "needed")
    raise("missing-argument", `"${call.name}" needs the argument "r".`);
  const size = bound.r === undefined ? items.length : integerArgument(bound.r, call);
  const rows = choices(items.length, size, accept).map((row) => tuple(row.map((index) => items[index] ?? null)));
  return iterator(`${call.name} object`, rows);
}

function called(value: Value, call: Call, positional: readonly Value[]): Value {
  return callValue(value, { ...call, positional, named: new Map() });
}

function longest(call: Call): Value {
  const pools = call.positional.map((each) => arrayOf(each));
  const fill = orElse(call.named.get("fillvalue"), () => null);
  const length = Math.max(0, ...pools.map((pool) => pool.length));
  const rows = Array.from({ length }, (_, index) => tuple(pools.map((pool) => orElse(pool[index], () => fill))));
  return iterator("itertools.zip_longest object", rows);
}

function sliced(call: Call): Value {
  const [items, ...bounds] = call.positional;
  if (items === undefined) return raise("missing-argument", '"islice" needs something to slice.');
  const [first, second, step] = bounds.map((bound) => (bound === null ? undefined : integerArgument(bound, call)));
  const [start, stop] = bounds.length < 2 ? [0, first] : [first ?? 0, second];
  const found = arrayOf(items)
    .slice(start, stop)
    .filter((_, index) => index % (step ?? 1) === 0);
  return iterator("itertools.islice object", found);
}

function grouped(call: Call): Value {
  const { iterable, key } = bindArguments(call, { required: ["iterable"], optional: ["key"] });
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of arrayOf(iterable)) {
    const own = key === undefined || key === null ? item : called(key, call, [item]);
    const last = groups.at(-1);
    if (last !== undefined && equalValues(last.key, own)) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return iterator(
    "itertools.groupby object",
    groups.map((group) => tuple([group.key, list(group.items)])),
  );
}

function accumulated(call: Call): Value {
  const { iterable, func, initial } = bindArguments(call, { required: ["iterable"], optional: ["func", "initial"] });
  const items = arrayOf(iterable);
  const found: Value[] = [];
  let sum: Value | undefined = initial === null ? undefined : initial;
  if (sum !== undefined) found.push(sum);
  for (const item of items) {
    if (sum === undefined) sum = item;
    else sum = func === undefined || func === null ? add(sum, item) : called(func, call, [sum, item]);
    found.push(sum);
  }
  return iterator("itertools.accumulate object", found);
}

const routines: Readonly<Record<string, (call: Call) => Value>> = {
  chain: (call) =>
    iterator(
      "itertools.chain object",
      call.positional.flatMap((each) => arrayOf(each)),
    ),
  product: (call) => {
    const times = integerArgument(call.named.get("repeat") ?? 1, call);
    const pools = call.positional.map((each) => arrayOf(each));
    const repeated = Array.from({ length: times }, () => pools).flat();
    return iterator("itertools.product object", product(repeated).map(tuple));
  },
  permutations: (call) => chosen(call, (row, next) => !row.includes(next), "optional"),
  combinations: (call) => chosen(call, (row, next) => next > (row.at(-1) ?? -1), "needed"),
  combinations_with_replacement: (call) => chosen(call, (row, next) => next >= (row.at(-1) ?? 0), "needed"),
  zip_longest: longest,
  islice: sliced,
  groupby: grouped,
  accumulate: accumulated,
  repeat: (call) => {
    const { object, times } = bindArguments(call, { required: ["object", "times"] });
    return iterator(
      "repeat object",
      Array.from({ length: Math.max(0, integerArgument(times, call)) }, () => object),
    );
  },
  compress: (call) => {
    const { data, selectors } = bindArguments(call, { required: ["data", "selectors"] });
    const wanted = arrayOf(selectors);
    return iterator(
      "itertools.compress object",
      arrayOf(data).filter((_, index) => isTrue(wanted[index] ?? null)),
    );
  },
  starmap: (call) => {
    const { func, iterable } = bindArguments(call, { required: ["func", "iterable"] });
    return iterator(
      "itertools.starmap object",
      arrayOf(iterable).map((each) => called(func, call, arrayOf(each))),
    );
  },
};

/** `modules.itertools`, of which dbt warns that it goes away; endless iterators are left out. */
export const itertoolsModule: HostObject = {
  kind: "object",
  typeName: "the module itertools",
  print: () => "<module 'itertools'>",
  ...namedAttributes(
    Object.fromEntries(Object.entries(routines).map(([name, run]) => [name, callable(`itertools.${name}`, run)])),
  ),
};
