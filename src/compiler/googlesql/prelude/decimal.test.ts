import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideNumeric, multiplyNumeric, parseNumeric, roundFloat, roundNumeric, truncateFloat } from "./decimal.ts";
import { floatText, parseFloat64, parseInt64, significantText } from "./number-text.ts";

const numeric = (text: string): bigint => parseNumeric(text, "NUMERIC");

describe("NUMERIC", () => {
  it("multiplies and divides exactly, and rounds half away from zero", () => {
    expect(multiplyNumeric(numeric("1.000000001"), numeric("0.5"))).toBe(numeric("0.500000001"));
    expect(multiplyNumeric(numeric("-1.000000001"), numeric("0.5"))).toBe(numeric("-0.500000001"));
    expect(divideNumeric(numeric("2"), numeric("3"))).toBe(numeric("0.666666667"));
    expect(() => divideNumeric(1n, 0n)).toThrow("division by zero");
    expect(() => multiplyNumeric(numeric("1e28"), numeric("10"))).toThrow("overflow");
  });

  it("gives back a factor, whatever the other is", () => {
    const values = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    fc.assert(
      fc.property(values, values, (left, right) => {
        const scaled = left * 10n ** 9n;
        if (right !== 0n)
          expect(divideNumeric(multiplyNumeric(scaled, right * 10n ** 9n), right * 10n ** 9n)).toBe(scaled);
      }),
    );
  });

  it.each([
    ["2.5", 0, "ROUND_HALF_EVEN", "2"],
    ["3.5", 0, "ROUND_HALF_EVEN", "4"],
    ["-2.5", 0, "ROUND_HALF_EVEN", "-2"],
    ["2.5", 0, "ROUND_HALF_AWAY_FROM_ZERO", "3"],
    ["-15", -1, "ROUND_HALF_AWAY_FROM_ZERO", "-20"],
    ["1.23456", 3, "TOWARDS_ZERO", "1.234"],
  ])("rounds %s to %d digits by %s", (text, digits, mode, expected) => {
    expect(roundNumeric(numeric(text), digits, mode)).toBe(numeric(expected));
  });

  it("is read from texts, and refused where it does not fit", () => {
    expect(numeric(" -1.5e3 ")).toBe(-1_500_000_000_000n);
    expect(numeric("0.0000000005")).toBe(1n);
    expect(() => numeric("1e29")).toThrow("overflow");
    expect(() => numeric("")).toThrow("Not a NUMERIC");
    expect(() => parseNumeric("0.0000000001", "BIGNUMERIC")).toThrow("not supported");
  });
});

describe("FLOAT64", () => {
  it("is rounded by its exact value", () => {
    expect(roundFloat(2.675, 2)).toBe(2.67);
    expect(roundFloat(-2.5, 0)).toBe(-3);
    expect(roundFloat(15, -1)).toBe(20);
    expect(truncateFloat(-1.29, 1)).toBe(-1.2);
  });

  it("is written with the digits that mean it", () => {
    expect([0.1, 1 / 3, 1e21, 5e-324, -0, 100].map(floatText)).toEqual([
      "0.1",
      "0.33333333333333331",
      "1e+21",
      "4.94065645841247e-324",
      "0",
      "100",
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseFloat64(floatText(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it("is read with its names, and numbers are read with all their digits or not at all", () => {
    expect([" INF ", "-infinity", "1e3", ".5"].map(parseFloat64)).toEqual([Infinity, -Infinity, 1000, 0.5]);
    expect(parseFloat64("nan")).toBeNaN();
    expect(["1e999", "-1e999", "0x1F", "-0x1.8p3"].map(parseFloat64)).toEqual([Infinity, -Infinity, 31, -12]);
    expect(parseInt64(" -0x10 ")).toBe(-16n);
    expect(() => parseInt64("9223372036854775808")).toThrow("Bad int64");
    expect(significantText(1234.5, 2)).toBe("1.2e+03");
  });
});
