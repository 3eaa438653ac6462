import { describe, expect, it } from "vitest";
import { trustedSql } from "../../../domain/sql.ts";
import { compareTexts, equalValues, isOrdered } from "./compare-values.ts";
import { dict } from "./dict.ts";
import { type HostObject, float, list, nothing, text, tuple, type Value } from "./value.ts";

const host: HostObject = { kind: "object", typeName: "a relation", print: () => "r", equals: (other) => other === 7 };

describe("comparing", () => {
  it.each<readonly [Value, Value, boolean]>([
    [1, float(1), true],
    [true, 1, true],
    [2n ** 53n, float(2 ** 53), true],
    [2n ** 53n + 1n, float(2 ** 53), false],
    [float(NaN), float(NaN), false],
    ["1", 1, false],
    ["a", text(trustedSql("a")), true],
    [null, false, false],
    [list([1, list(["a"])]), list([float(1), list(["a"])]), true],
    [list([1]), tuple([1]), false],
    [
      dict([
        ["a", 1],
        ["b", 2],
      ]),
      dict([
        ["b", 2],
        ["a", 1],
      ]),
      true,
    ],
    [dict([["a", 1]]), dict([["a", 2]]), false],
    [nothing("a"), nothing("b"), true],
    [nothing("a"), null, false],
    [host, 7, true],
    [7, host, false],
    [list([]), host, false],
  ])("finds %o and %o equal or not, by value", (left, right, isEqual) => {
    expect(equalValues(left, right)).toBe(isEqual);
  });

  it("orders numbers of any kind, texts by code point, lists item by item", () => {
    expect(isOrdered("<", 2n ** 53n, float(2 ** 53 + 2))).toBe(true);
    expect(isOrdered(">=", float(1), true)).toBe(true);
    expect(isOrdered("<", float(NaN), 1)).toBe(false);
    expect(isOrdered("<", "Z", "a")).toBe(true);
    expect(isOrdered("<", list([1, 2]), list([1, 2, 0]))).toBe(true);
    expect(compareTexts("\uffff", "😀")).toBeLessThan(0);
  });

  it("refuses an order between unlike values", () => {
    expect(() => isOrdered("<", 1, "a")).toThrow('"<" does not work between a whole number and a text.');
    expect(() => isOrdered(">", list([1]), tuple([1]))).toThrow();
    expect(() => isOrdered("<", dict(), dict())).toThrow();
  });
});
