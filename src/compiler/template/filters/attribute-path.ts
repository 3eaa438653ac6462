import type { Call } from "../call.ts";
import { itemOf } from "../methods/access.ts";
import { raiseArgument } from "../methods/method.ts";
import { integerOf } from "../values/numeric.ts";
import { isUndefined, list, textOf, type Value } from "../values/value.ts";

function partsOf(path: Value, call: Pick<Call, "name">): readonly Value[] {
  const whole = textOf(path);
  if (whole !== undefined) return whole.split(".").map((part) => (/^\d+$/u.test(part) ? Number(part) : part));
  return integerOf(path) === undefined ? raiseArgument(path, "the name of an attribute", call) : [path];
}

/** What an attribute's path finds in a value: `"a.b.0"`, an index, or for `None` the value itself. */
export function attributePath(path: Value, call: Pick<Call, "name">, fallback: Value = null): (value: Value) => Value {
  if (path === null) return (value) => value;
  const parts = partsOf(path, call);
  return (value) => {
    let found = value;
    for (const part of parts) {
      found = itemOf(found, part);
      if (fallback !== null && isUndefined(found)) found = fallback;
    }
    return found;
  };
}

/** What several paths with commas between them find, as a list to sort by. */
export function attributePaths(path: Value, call: Pick<Call, "name">): (value: Value) => readonly Value[] {
  const whole = textOf(path);
  const paths = whole === undefined ? [path] : whole.split(",");
  const getters = paths.map((each) => attributePath(each, call));
  return (value) => getters.map((getter) => getter(value));
}

/** Texts in small letters, everything else as it is: what sorting goes by unless it is told to mind the case. */
export function withoutCase(value: Value): Value {
  return textOf(value)?.toLowerCase() ?? value;
}

/** The keys to sort by as one value. */
export function sortKey(values: readonly Value[], isCaseSensitive: boolean): Value {
  return list(isCaseSensitive ? values : values.map(withoutCase));
}
