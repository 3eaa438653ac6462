import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText, timeText } from "./civil.ts";
import { formatMoment } from "./format-civil.ts";
import { parseMoment, strictFormat, unparsableElement } from "./parse-moment.ts";

function parsed(format: string, text: string): string {
  const { civil, zone } = parseMoment(format, text);
  return `${dateText(civil.days)} ${timeText(civil.micros)}${zone === "" ? "" : ` ${zone}`}`;
}

describe("parseMoment", () => {
  it.each([
    ["%Y-%m-%d", "2024-2-3", "2024-02-03 00:00:00"],
    ["%d/%m/%y %I:%M %p", "01/02/69 12:05 am", "1969-02-01 00:05:00"],
    ["%A %b %e %Y", "thursday dec 25 2008", "2008-12-25 00:00:00"],
    ["%Y%j", "2024060", "2024-02-29 00:00:00"],
    ["%s", "-1", "1969-12-31 23:59:59 UTC"],
    ["%F %T%Ez", "2024-01-02 03:04:05+05:30", "2024-01-02 03:04:05 +05:30"],
    ["%H:%M:%E*S", "23:59:59.25", "1970-01-01 23:59:59.25"],
    ["%Y  %m", "2024 \n 05", "2024-05-01 00:00:00"],
  ])("reads by %j the text %j", (format, text, expected) => {
    expect(parsed(format, text)).toBe(expected);
  });

  it.each([
    ["%Y-%m-%d", "2024-13-01"],
    ["%Y-%m-%d", "2024-02-30"],
    ["%H:%M", "25:00"],
    ["%Y", "2024 x"],
    ["%b", "Foo"],
  ])("fails by %j at the text %j", (format, text) => {
    expect(() => parseMoment(format, text)).toThrow("Failed to parse");
  });

  it("reads what the same format wrote", () => {
    const formats = fc.constantFrom(
      "%Y-%m-%d %H:%M:%S",
      "%d %B %Y, %I:%M:%S %p",
      "%c",
      "%Y-%j %R:%S",
      "%D %T %Y",
      "%F %H:%M:%E6S",
    );
    fc.assert(
      fc.property(formats, fc.integer({ min: 0, max: 60_000 }), fc.nat({ max: 86_399 }), (format, days, second) => {
        const local = { days, micros: second * 1_000_000 };
        const text = formatMoment(format, { local, offsetMinutes: 0, zone: "UTC" });
        expect([text, parseMoment(format, text).civil]).toEqual([text, local]);
      }),
    );
  });

  it("names the element that it does not take", () => {
    expect(unparsableElement("%Y %G")).toBe("%G");
    expect(unparsableElement("%Y-%m")).toBeUndefined();
  });

  it("knows the formats that DuckDB reads alike", () => {
    expect(strictFormat("%F %T")).toEqual({
      pattern: String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d`,
      format: "%Y-%m-%d %H:%M:%S",
    });
    expect(strictFormat("%Y %b")).toBeUndefined();
    expect(strictFormat("%Y %Y")).toBeUndefined();
  });
});
