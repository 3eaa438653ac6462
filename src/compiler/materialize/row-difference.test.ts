import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeDifference, rowDifference } from "./row-difference.ts";

describe("the difference of rows", () => {
  it("counts each row as often as it is there, whatever the order", () => {
    expect(rowDifference([[1], [1], [2]], [[2], [1], [3]])).toEqual({ missing: [[1]], unexpected: [[3]], same: 2 });
    expect(rowDifference([], [])).toEqual({ missing: [], unexpected: [], same: 0 });
  });

  it("tells null from text and numbers from their texts", () => {
    expect(rowDifference([[null], ["1"]], [["null"], [1]])).toMatchObject({ same: 0 });
  });

  it("is none between rows and the same rows in another order", () => {
    const rows = fc.array(fc.tuple(fc.constantFrom(1, 2, null), fc.constantFrom("a", "b")), { maxLength: 8 });
    fc.assert(
      fc.property(rows, (given) => {
        const { missing, unexpected, same } = rowDifference(given, given.toReversed());
        expect([missing, unexpected, same]).toEqual([[], [], given.length]);
      }),
    );
  });

  it("is shown as a table, and not without end", () => {
    const many = Array.from({ length: 25 }, (_, index) => [index]);
    const text = describeDifference(["n"], rowDifference(many, [[100]]));
    expect(text.split("\n").slice(0, 3)).toEqual([
      "The rows are not those that are expected: 25 missing (-), 1 unexpected (+), 0 as expected.",
      "  | n",
      "- | 0",
    ]);
    expect(text).toMatch(/\n\+ \| 100\nand 5 more$/u);
  });
});
