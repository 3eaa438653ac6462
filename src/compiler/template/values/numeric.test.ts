import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addNumbers,
  divide,
  floorDivide,
  type Integer,
  integer,
  modulo,
  multiplyNumbers,
  negate,
  power,
  subtract,
} from "./numeric.ts";
import { float } from "./value.ts";

const integers: fc.Arbitrary<Integer> = fc
  .oneof(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.bigInt({ min: -9n, max: 9n }))
  .map(integer);

describe("numbers", () => {
  it("keep integers and floats apart", () => {
    expect(addNumbers(1, 2)).toBe(3);
    expect(addNumbers(1, float(2))).toEqual(float(3));
    expect(divide(4, 2)).toEqual(float(2));
    expect(floorDivide(5, 2)).toBe(2);
    expect(floorDivide(float(5), 2)).toEqual(float(2));
    expect(power(2, -1)).toEqual(float(0.5));
    expect(addNumbers(true, true)).toBe(2);
  });

  it("are exact beyond 2^53, and a plain number again below", () => {
    expect(addNumbers(Number.MAX_SAFE_INTEGER, 1)).toBe(9007199254740992n);
    expect(subtract(9007199254740992n, 1)).toBe(9007199254740991);
    expect(multiplyNumbers(123456789, 987654321)).toBe(121932631112635269n);
    expect(power(2, 70)).toBe(2n ** 70n);
  });

  it("divide downwards, the rest with the divisor's sign", () => {
    expect([floorDivide(-7, 2), modulo(-7, 2), floorDivide(7, -2), modulo(7, -2)]).toEqual([-4, 1, -4, -1]);
    expect([floorDivide(float(-7.5), 2), modulo(float(-7.5), 2)]).toEqual([float(-4), float(0.5)]);
  });

  it("agree with bigint arithmetic, whatever their size", () => {
    fc.assert(
      fc.property(integers, integers, (a, b) => {
        expect(addNumbers(a, b)).toBe(integer(BigInt(a) + BigInt(b)));
        expect(subtract(a, b)).toBe(integer(BigInt(a) - BigInt(b)));
        expect(multiplyNumbers(a, b)).toBe(integer(BigInt(a) * BigInt(b)));
        if (b === 0) return;
        const [quotient, rest] = [floorDivide(a, b), modulo(a, b)];
        expect(addNumbers(multiplyNumbers(quotient, b), rest)).toBe(a);
        expect(Number(rest) === 0 || Number(rest) < 0 === Number(b) < 0).toBe(true);
      }),
    );
  });

  it("have no negative zero among the integers", () => {
    expect(Object.is(negate(0), 0)).toBe(true);
    expect(Object.is(multiplyNumbers(0, -5), 0)).toBe(true);
  });

  it.each([
    () => divide(1, 0),
    () => floorDivide(1, 0),
    () => modulo(float(1), 0),
    () => power(0, -1),
    () => power(-8, float(0.5)),
    () => power(10, 10_000_000),
    () => divide(10n ** 400n, 3),
    () => addNumbers("1", 1),
    () => negate("1"),
  ])("refuse what has no result: %s", (run) => {
    expect(run).toThrow();
  });
});
