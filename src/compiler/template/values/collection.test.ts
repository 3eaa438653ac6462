import { describe, expect, it } from "vitest";
import { arrayOf, isIn, isTrue, lengthOf } from "./collection.ts";
import { dict } from "./dict.ts";
import { float, type HostObject, iterator, list, nothing, tuple, type Value } from "./value.ts";

const set: HostObject = {
  kind: "object",
  typeName: "a set",
  print: () => "{1, 2}",
  iterate: () => [1, 2],
  length: () => 2,
};

describe("collections", () => {
  it.each<readonly [Value, boolean]>([
    ["", false],
    ["0", true],
    [0, false],
    [float(0), false],
    [null, false],
    [list([]), false],
    [tuple([0]), true],
    [dict(), false],
    [nothing("why"), false],
    [{ kind: "view", part: "items", of: dict() }, false],
    [{ kind: "range", start: 3, stop: 3, step: 1 }, false],
    [iterator("generator", []), true],
    [set, true],
    [{ ...set, isTrue: () => false }, false],
  ])("are true or false as in Python: %o", (value, expected) => {
    expect(isTrue(value)).toBe(expected);
  });

  it("count characters, not units, and nothing that has no length", () => {
    expect(lengthOf("a😀")).toBe(2);
    expect(lengthOf({ kind: "range", start: 10, stop: 0, step: -3 })).toBe(4);
    expect(lengthOf(5)).toBeUndefined();
    expect(lengthOf(iterator("generator", [1]))).toBeUndefined();
  });

  it("use up a generator, and follow a dictionary", () => {
    const once = iterator("generator", [1, 2]);
    expect([arrayOf(once), arrayOf(once)]).toEqual([[1, 2], []]);
    const of = dict([["a", 1]]);
    expect(arrayOf({ kind: "view", part: "keys", of })).toEqual(["a"]);
    expect(arrayOf(set)).toEqual([1, 2]);
  });

  it("contain what is equal", () => {
    expect(isIn(float(1), list([1]))).toBe(true);
    expect(isIn("b", "abc")).toBe(true);
    expect(isIn("a", dict([["a", 1]]))).toBe(true);
    expect(isIn(2, set)).toBe(true);
    expect(isIn(1, nothing("why"))).toBe(false);
    expect(() => isIn(1, "abc")).toThrow("A text can only contain a text, not a whole number.");
    expect(() => isIn(1, 5)).toThrow();
    expect(() => arrayOf(null)).toThrow("One cannot loop over none.");
  });
});
