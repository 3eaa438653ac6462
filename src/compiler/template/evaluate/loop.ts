import { type Call, callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { equalValues } from "../values/compare-values.ts";
import { type HostObject, nothing, orElse, tuple, type Value } from "../values/value.ts";

/** Where a loop stands: Jinja's `loop`. Its items are drawn one by one, so that the body may change what comes next. */
export interface Loop {
  readonly value: HostObject;
  /** Goes on to the next item, or gives JS `undefined` at the end. */
  readonly next: () => Value | undefined;
}

/** A loop over the items; `length` is what is known of their number, `recurse` what `loop(…)` does. */
export function startLoop(from: {
  readonly items: Iterator<Value>;
  readonly length: number | undefined;
  readonly depth: number;
  readonly recurse: ((items: Value, call: Call) => Value) | undefined;
}): Loop {
  let index = -1;
  let previous: Value | undefined;
  let current: Value | undefined;
  const ahead: Value[] = [];
  let changing: Value | undefined;

  const draw = (): Value | undefined => {
    const drawn = from.items.next();
    return drawn.done === true ? undefined : drawn.value;
  };
  const peek = (): Value | undefined => {
    if (ahead.length === 0) {
      const drawn = draw();
      if (drawn !== undefined) ahead.push(drawn);
    }
    return ahead[0];
  };
  let known = from.length;
  const length = (): number => {
    if (known !== undefined) return known;
    for (let drawn = draw(); drawn !== undefined; drawn = draw()) ahead.push(drawn);
    known = index + 1 + ahead.length;
    return known;
  };

  const attributes: Readonly<Record<string, () => Value>> = {
    index: () => index + 1,
    index0: () => index,
    revindex: () => length() - index,
    revindex0: () => length() - index - 1,
    first: () => index === 0,
    last: () => peek() === undefined,
    length,
    depth: () => from.depth + 1,
    depth0: () => from.depth,
    previtem: () => orElse(previous, () => nothing("the loop is at its first item")),
    nextitem: () => orElse(peek(), () => nothing("the loop is at its last item")),
    cycle: () =>
      callable("cycle", ({ positional }) => {
        if (positional.length === 0) raise("missing-argument", '"loop.cycle" needs at least one value.');
        return orElse(positional[index % positional.length], () => null);
      }),
    changed: () =>
      callable("changed", ({ positional }) => {
        const value = tuple(positional);
        if (changing !== undefined && equalValues(changing, value)) return false;
        changing = value;
        return true;
      }),
  };

  const value: HostObject = {
    kind: "object",
    typeName: "a loop",
    print: () => `<LoopContext ${index + 1}/${length()}>`,
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name]?.() : undefined),
    attributeNames: () => Object.keys(attributes),
    length,
    call: (call) => {
      const [items] = call.positional;
      if (from.recurse === undefined)
        return raise("not-callable", 'Only a loop with "recursive" behind its items can be called.');
      if (items === undefined) return raise("missing-argument", '"loop" needs the items to loop over.');
      return from.recurse(items, call);
    },
  };
  return {
    value,
    next: () => {
      const drawn = ahead.length > 0 ? ahead.shift() : draw();
      if (drawn === undefined) return undefined;
      index++;
      previous = current;
      current = drawn;
      return drawn;
    },
  };
}
