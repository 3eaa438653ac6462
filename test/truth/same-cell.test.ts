import { describe, expect, it } from "vitest";
import { sameCell } from "./same-cell.ts";

describe("sameCell", () => {
  it.each([
    ["event", "a", "a"],
    ["event", null, null],
    ["event", "", ""],
    ["geoip_latitude", "106.844", 106.844],
    ["geoip_latitude", "106.844", "106.8440"],
    ["geoip_longitude", "1000", "1e3"],
    ["elements", '[{"a":1}]', '[ {"a": 1.0} ]'],
    ["elements", "[]", "[]"],
    ["event_time", "2022-10-30T23:59:59.999000Z", "2022-10-30 23:59:59.999+00"],
    ["event_time", "2022-10-30T23:59:59.999000Z", "2022-10-30T23:59:59.999Z"],
  ] as const)("holds for %s: %j and %j", (column, expected, actual) => {
    expect(sameCell(column, expected, actual)).toBe(true);
  });

  it.each([
    ["event", null, ""],
    ["event", "", null],
    ["distinct_id", "007", "7"],
    ["distinct_id", "7", "7.0"],
    ["geoip_latitude", "106.844", 106.845],
    ["geoip_latitude", "", 0],
    ["elements", "[]", "{}"],
    ["elements", '{"a":null}', "{'a': None}"],
    ["elements", "not JSON", "neither"],
    ["event_time", "2022-10-30T23:59:59.999000Z", "2022-10-30 23:59:59.999+07"],
    ["event_time", "soon", "later"],
  ] as const)("does not hold for %s: %j and %j", (column, expected, actual) => {
    expect(sameCell(column, expected, actual)).toBe(false);
  });
});
