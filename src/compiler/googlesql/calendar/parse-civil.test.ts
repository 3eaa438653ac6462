import { describe, expect, it } from "vitest";
import { dateText, timeText } from "./civil.ts";
import { parseDate, parseDatetime, parseOffset, parseTime, parseTimestamp } from "./parse-civil.ts";

function datetime(text: string): string | undefined {
  const civil = parseDatetime(text);
  return civil === undefined ? undefined : `${dateText(civil.days)} ${timeText(civil.micros)}`;
}

describe("texts of dates and times", () => {
  it.each([
    ["2024-1-2", "2024-01-02 00:00:00"],
    ["2024-01-02t3:4:5", "2024-01-02 03:04:05"],
    ["2024-01-02 23:59:60", "2024-01-03 00:00:00"],
    ["2024-02-30", undefined],
    ["2024-01-02 24:00:00", undefined],
    ["2024-01-02 10:20", undefined],
    [" 2024-01-02", undefined],
  ])("the DATETIME %j", (text, expected) => {
    expect(datetime(text)).toBe(expected);
  });

  it("the DATE and the TIME take nothing else", () => {
    expect(parseDate("2024-02-29")).toBe(19_782);
    expect(parseDate("2024-02-29 00:00:00")).toBeUndefined();
    expect(parseTime("1:2:3.5")).toBe(3_723_500_000);
    expect(parseTime("1:2")).toBeUndefined();
  });

  it.each([
    ["2024-01-02 03:04:05+02", "+02"],
    ["2024-01-02 03:04:05Z", "Z"],
    ["2024-01-02 03:04:05 America/New_York", "America/New_York"],
    ["2024-01-02 +05:30", "+05:30"],
    ["2024-01-02", ""],
  ])("the TIMESTAMP %j has a zone", (text, zone) => {
    expect(parseTimestamp(text)?.zone).toBe(zone);
  });

  it.each([
    ["+02:00", 120],
    ["-8", -480],
    ["+1234", 754],
    ["UTC+5", 300],
    ["Z", 0],
    ["+15", undefined],
    ["+05:60", undefined],
    ["Europe/Berlin", undefined],
  ])("the offset %j", (zone, minutes) => {
    expect(parseOffset(zone)).toBe(minutes);
  });
});
