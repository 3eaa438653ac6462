import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRange, parseTime } from "./parse-range.ts";
import { UsageError } from "./usage-error.ts";

const ms = (text: string): number => Date.parse(text);

describe("a range of windows", () => {
  it("is open where an end is not given", () => {
    expect(parseRange(undefined, undefined)).toBeUndefined();
    expect(parseRange("2022-10-31", undefined)).toEqual({ startMs: ms("2022-10-31T00:00Z"), endMs: undefined });
    expect(parseRange(undefined, "2022-10-31T05:00")).toEqual({ startMs: undefined, endMs: ms("2022-10-31T05:00Z") });
  });

  it("A26: has the whole of an end that is a day", () => {
    expect(parseRange("2022-10-31", "2022-10-31")).toEqual({
      startMs: ms("2022-10-31T00:00Z"),
      endMs: ms("2022-11-01T00:00Z"),
    });
  });

  it("is in UTC unless a zone is given, with a blank or a T, to the second and below", () => {
    expect(parseRange("2022-10-31 23:00", "2022-11-01T00:30:15.5+01:00")).toEqual({
      startMs: ms("2022-10-31T23:00Z"),
      endMs: ms("2022-10-31T23:30:15.5Z"),
    });
  });

  it.each([
    ["2022-10-31", "2022-10-30"],
    ["2022-10-31T05:00", "2022-10-31T05:00"],
  ])("does not begin at %s and end at %s", (start, end) => {
    expect(() => parseRange(start, end)).toThrow(new UsageError("usage", "--start is not before --end.", undefined));
  });

  it.each([
    "",
    "yesterday",
    "2022-10",
    "2022-13-01",
    "2022-02-30",
    "2023-02-29",
    "2022-10-31T25:00",
    "2022-10-31T23",
    "2022-10-31T23:60",
    "2022-10-31Z",
    "20221031",
    " 2022-10-31",
    "2022-10-31T23:00 UTC",
  ])("is not %j", (text) => {
    expect(() => parseRange(text, undefined)).toThrow(`The value of --start is a time, found "${text}".`);
  });
});

describe("a logical time", () => {
  it("is exact to the microsecond", () => {
    const day = ms("2022-11-01T00:00Z") * 1000;
    expect(parseTime("2022-11-01", "--now")).toBe(day);
    expect(parseTime("2022-11-01T00:00:00.000001Z", "--now")).toBe(day + 1);
    expect(parseTime("2022-11-01T00:00:00.9999999", "--now")).toBe(day + 999_999);
    expect(parseTime("2022-11-01T00:00:00.5-00:30", "--now")).toBe(day + 1_800_500_000);
  });

  it("is read from any instant as it is printed", () => {
    const instants = fc.date({ min: new Date("1970-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (date) => {
        expect(parseTime(date.toISOString(), "--now")).toBe(date.getTime() * 1000);
      }),
    );
  });
});
