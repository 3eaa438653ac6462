import { bindArguments } from "./bind-arguments.ts";
import { type Call, callable } from "./call.ts";
import { ReturnSignal } from "./evaluate/return-signal.ts";
import { pairsOf } from "./methods/dict-methods.ts";
import { integerArgument } from "./methods/method.ts";
import { raise } from "./template-error.ts";
import { rangeLength } from "./values/collection.ts";
import { dict, setEntry } from "./values/dict.ts";
import { printValue } from "./values/print-value.ts";
import {
  type CallableValue,
  type DictValue,
  type HostObject,
  orElse,
  type RangeValue,
  textOf,
  tuple,
  type Value,
} from "./values/value.ts";

/** Jinja's sandbox, in which dbt runs, makes no longer ranges. */
const longestRange = 100_000;

function makeRange(call: Call): Value {
  const numbers = call.positional.map((value) => integerArgument(value, call));
  const [first, second, step = 1] = numbers;
  if (first === undefined) return raise("missing-argument", '"range" needs a number.');
  if (numbers.length > 3 || call.named.size > 0)
    raise("too-many-arguments", '"range" takes 3 arguments at most, without names.');
  if (step === 0) raise("argument-type", 'The step of "range" cannot be zero.');
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const range: RangeValue = { kind: "range", start, stop, step };
  if (rangeLength(range) > longestRange) raise("template-size", `"range" gives ${longestRange} numbers at most.`);
  return range;
}

function makeDict(call: Call): DictValue {
  if (call.positional.length > 1)
    raise(
      "too-many-arguments",
      `"${call.name}" takes 1 argument without a name at most, found ${call.positional.length}.`,
    );
  const made = dict(call.positional.flatMap(pairsOf));
  for (const [name, value] of call.named) setEntry(made, name, value);
  return made;
}

function makeNamespace(call: Call): Value {
  const attributes = [...makeDict(call).entries.values()].map(
    ({ key, value }) => [textOf(key) ?? printValue(key), value] as const,
  );
  return { kind: "namespace", attributes: new Map(attributes) };
}

function makeCycler(call: Call): HostObject {
  const items = call.positional;
  if (items.length === 0) raise("missing-argument", '"cycler" needs at least one value.');
  let at = 0;
  const current = (): Value => orElse(items[at], () => null);
  const attributes: Readonly<Record<string, () => Value>> = {
    items: () => tuple(items),
    current,
    next: () =>
      callable("next", () => {
        const value = current();
        at = (at + 1) % items.length;
        return value;
      }),
    reset: () =>
      callable("reset", () => {
        at = 0;
        return null;
      }),
  };
  return {
    kind: "object",
    typeName: "a cycler",
    print: () => "<Cycler>",
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name]?.() : undefined),
    attributeNames: () => Object.keys(attributes),
  };
}

function makeJoiner(call: Call): HostObject {
  const { sep = ", " } = bindArguments(call, { optional: ["sep"] });
  let isUsed = false;
  return {
    kind: "object",
    typeName: "a joiner",
    print: () => "<Joiner>",
    call: () => {
      if (isUsed) return sep;
      isUsed = true;
      return "";
    },
  };
}

/** Ends the macro that is running, which then gives this value instead of what it printed. */
export const returnFunction: CallableValue = callable("return", (call) => {
  const { data } = bindArguments(call, { required: ["data"] });
  throw new ReturnSignal(data);
});

/** The names that every template knows, unless the environment or the template itself gives them another meaning. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["range", callable("range", makeRange)],
  ["dict", callable("dict", makeDict)],
  ["namespace", callable("namespace", makeNamespace)],
  ["cycler", callable("cycler", makeCycler)],
  ["joiner", callable("joiner", makeJoiner)],
  ["return", returnFunction],
]);
