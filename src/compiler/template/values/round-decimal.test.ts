import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentDigits, fixedDigits, scaledDigits } from "./round-decimal.ts";

describe("rounding to decimal digits", () => {
  it("takes halves to the even neighbour", () => {
    expect([0.5, 1.5, 2.5].map((value) => fixedDigits(value, 0))).toEqual(["0", "2", "2"]);
    expect(fixedDigits(0.125, 2)).toBe("0.12");
    expect(fixedDigits(2.675, 2)).toBe("2.67");
  });

  it("is exact, however many digits are asked for", () => {
    expect(fixedDigits(0.1, 30)).toBe("0.100000000000000005551115123126");
    expect(scaledDigits(1e23, 0)).toBe(99999999999999991611392n);
    expect(fixedDigits(5e-324, 3)).toBe("0.000");
  });

  it("gives one digit before the point where there is an exponent", () => {
    expect(exponentDigits(9.9996, 3)).toEqual({ digits: "1.000", exponent: 1 });
    expect(exponentDigits(0.00012, 1)).toEqual({ digits: "1.2", exponent: -4 });
    expect(exponentDigits(0, 2)).toEqual({ digits: "0.00", exponent: 0 });
  });

  it("agrees with JS wherever there is no half to decide", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), fc.integer({ min: 0, max: 20 }), (value, places) => {
        const doubled = value * 2 * 10 ** Math.min(places, 3);
        fc.pre(!Number.isInteger(doubled));
        expect(fixedDigits(value, places)).toBe(value.toFixed(places));
      }),
    );
  });
});
