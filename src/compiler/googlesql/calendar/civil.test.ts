import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilOf, dateOf, dateText, daysOf, isDate, microsOf, timeText } from "./civil.ts";

const days = fc.integer({ min: -719_162, max: 2_932_896 });

describe("days since 1970", () => {
  it("are those of the Gregorian calendar, from year 1 to 9999", () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000);
        expect(dateOf(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(daysOf(dateOf(day))).toBe(day);
      }),
    );
  });

  it("come back from microseconds, before 1970 too", () => {
    fc.assert(
      fc.property(days, fc.nat({ max: 86_399_999_999 }), (day, micros) => {
        expect(civilOf(microsOf({ days: day, micros }))).toEqual({ days: day, micros });
      }),
    );
  });

  it("know leap years and the lengths of months", () => {
    expect(isDate({ year: 1900, month: 2, day: 29 })).toBe(false);
    expect(isDate({ year: 2000, month: 2, day: 29 })).toBe(true);
    expect(isDate({ year: 2023, month: 4, day: 31 })).toBe(false);
    expect(isDate({ year: 10_000, month: 1, day: 1 })).toBe(false);
  });

  it("are written with as many digits as are needed", () => {
    expect(dateText(daysOf({ year: 33, month: 4, day: 3 }))).toBe("0033-04-03");
    expect(timeText(3_661_000_500)).toBe("01:01:01.0005");
    expect(timeText(0)).toBe("00:00:00");
  });
});
