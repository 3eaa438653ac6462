import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNormalTime, normalTime } from "./event-time.ts";

function isNormal(text: string): boolean {
  const bytes = Buffer.from(`"${text}"`);
  return isNormalTime(bytes, 1, bytes.length - 1);
}

describe("an event time", () => {
  it.each([
    ["2022-10-01T14:44:35.546Z", "2022-10-01T14:44:35.546Z"],
    ["2022-10-01T14:44:35Z", "2022-10-01T14:44:35Z"],
    ["2022-10-01 14:44:35", "2022-10-01T14:44:35Z"],
    ["2022-10-01T14:44", "2022-10-01T14:44:00Z"],
    ["2022-10-01", "2022-10-01T00:00:00Z"],
    ["2022-10-01T14:44:35.5+07", "2022-10-01T07:44:35.500Z"],
    ["2022-10-01T01:14:35.1234567+0530", "2022-09-30T19:44:35.123456Z"],
    ["2022-12-31T23:30:00-01:00", "2023-01-01T00:30:00Z"],
    ["2022-10-01T14:44-00:00", "2022-10-01T14:44:00Z"],
    ["2022-10-01T14:44:35.000Z", "2022-10-01T14:44:35Z"],
    ["2022-10-01T14:44:35.120000Z", "2022-10-01T14:44:35.120Z"],
    ["2022-10-01T14:44:35.0000009Z", "2022-10-01T14:44:35Z"],
    ["2022-10-01T14:44:35.999999999Z", "2022-10-01T14:44:35.999999Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z"],
    ["2000-02-29", "2000-02-29T00:00:00Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["0099-12-31T00:00:00Z", "0099-12-31T00:00:00Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"],
  ])("%s is %s", (text, normal) => {
    expect(normalTime(text)).toBe(normal);
    expect(isNormal(text)).toBe(text === normal);
    expect(isNormal(normal)).toBe(true);
  });

  it.each([
    "",
    "now",
    "2022-02-29",
    "1900-02-29",
    "2022-02-30T00:00:00Z",
    "2022-04-31",
    "2022-13-01",
    "2022-00-01",
    "2022-01-00",
    "0000-01-01",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "2022-10-01T24:00:00Z",
    "2022-10-01T14:60:00Z",
    "2022-10-01T23:59:60Z",
    "2022-10-01T14:44:35+24:00",
    "2022-10-01T14:44:35+07:60",
    "2022-10-01T14:44:35.Z",
    "2022-10-01T14:44:35,5Z",
    "2022-10-01T14:44.5Z",
    "2022-10-01T14Z",
    "2022-10-01Z",
    "2022-10-01t14:44:35z",
    "2022-10-01T14:44:35 Z",
    "2022-10-01T14:44:35Z ",
    "2022-10-01T14:44:35Z\n",
    " 2022-10-01",
    "2022-10-1",
    "22-10-01",
    "20221001T144435Z",
    "2022-10-01T14:44:35.5Z7",
    "２０２２-10-01T14:44:35Z",
    "+002022-10-01T14:44:35Z",
    "1664582400",
  ])("%j is none", (text) => {
    expect([normalTime(text), isNormal(text)]).toEqual([undefined, false]);
  });

  it("is the instant that JavaScript reads, in every month of every year", () => {
    const anyTime = fc.date({
      min: new Date("0002-01-01T00:00:00Z"),
      max: new Date("9998-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyTime, fc.integer({ min: -1439, max: 1439 }), (time, zone) => {
        const sign = zone < 0 ? "-" : "+";
        const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60];
        const offset = `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
        const local = new Date(time.getTime() + zone * 60_000).toISOString().slice(0, -1);
        const normal = normalTime(local + offset) ?? "";
        expect(Date.parse(normal)).toBe(time.getTime());
        expect(isNormal(normal)).toBe(true);
      }),
    );
  });

  it("takes exactly the days that the calendar has", () => {
    const taken = new Set<string>();
    const real = new Set<string>();
    for (const year of ["1900", "2000", "2022", "2024"])
      for (let month = 0; month < 14; month++)
        for (let day = 0; day < 33; day++) {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          if (normalTime(text) !== undefined && isNormal(`${text}T00:00:00Z`)) taken.add(text);
          const instant = new Date(Date.UTC(Number(year), month - 1, day));
          if (instant.toISOString().startsWith(text)) real.add(text);
        }
    expect(taken).toEqual(real);
  });
});
