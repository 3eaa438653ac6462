import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rawFolder, rawRecord } from "./raw-folder.ts";
import { readTruth } from "./truth.ts";

const monday = "2022-10-31T10:00:00.000Z";

describe("readTruth", () => {
  it("shares no code with src", () => {
    const sources = readdirSync(import.meta.dirname).filter((name) =>
      /^(?:truth|read-|same-cell|differences)/u.test(name),
    );
    const imports = sources
      .filter((name) => !name.endsWith(".test.ts"))
      .flatMap((name) => [...readFileSync(join(import.meta.dirname, name), "utf8").matchAll(/from "([^"]+)"/gu)])
      .map((match) => match[1] ?? "");
    expect(imports.length).toBeGreaterThan(5);
    expect(imports.filter((specifier) => !/^(?:node:|\.\/)/u.test(specifier))).toEqual([]);
  });

  it("finds nothing in an empty folder", () => {
    const truth = readTruth(rawFolder({}));
    expect([truth.malformed, truth.ignored, truth.rejected]).toEqual([[], [], []]);
    expect([truth.hours.size, truth.events.size, truth.dau.size, truth.mau.size]).toEqual([0, 0, 0, 0]);
  });

  it("reads every column of a record, null for absent and for null, empty for empty", () => {
    const record = {
      distinct_id: "21920",
      event: "",
      timestamp: "2022-10-01T14:44:35.546Z",
      uuid: "u1",
      elements: [{ tag: "a", n: [1, null] }],
      $geoip_city_name: "Cần Thơ",
      $geoip_country_name: null,
      $geoip_latitude: -2.9146,
      $geoip_longitude: 104.7535,
      $lib: "web",
      lib: "other",
      file: "a member of the record, not the pull",
    };
    expect(readTruth(rawFolder({ "2022-10-01/20221001-144501.json": [record] })).events.get("u1")).toEqual({
      distinct_id: "21920",
      elements: '[{"tag":"a","n":[1,null]}]',
      event: "",
      event_time: "2022-10-01T14:44:35.546000Z",
      file: "20221001-144501.json",
      geoip_city_name: "Cần Thơ",
      geoip_continent_code: null,
      geoip_continent_name: null,
      geoip_country_code: null,
      geoip_country_name: null,
      geoip_latitude: "-2.9146",
      geoip_longitude: "104.7535",
      geoip_subdivision_1_code: null,
      geoip_subdivision_1_name: null,
      geoip_time_zone: null,
      uuid: "u1",
    });
  });

  it("counts late events on the day and in the month they happened", () => {
    const truth = readTruth(
      rawFolder({
        "2022-11-01/20221101-000312.json": [
          rawRecord("u1", "2022-10-31T23:58:00Z"),
          rawRecord("u2", "2022-09-22T11:00:00Z"),
          rawRecord("u3", "2022-11-01T00:03:00Z", { distinct_id: "2" }),
        ],
        "2022-11-01/20221101-010000.json": [rawRecord("u4", "2022-10-31T01:00:00Z", { distinct_id: "2" })],
      }),
    );
    expect([...truth.dau]).toEqual([
      ["2022-09-22", 1],
      ["2022-10-31", 2],
      ["2022-11-01", 1],
    ]);
    expect([...truth.mau]).toEqual([
      ["2022-09-01", 1],
      ["2022-10-01", 2],
      ["2022-11-01", 1],
    ]);
  });

  it("takes a day by UTC, from its first to its last instant", () => {
    const times = {
      u1: "2022-10-30T23:59:59.999Z",
      u2: "2022-10-31T00:00:00.000Z",
      u3: "2022-10-31T06:59:59.999+07:00",
      u4: "2022-10-31T07:00:00.000+07:00",
      u5: "2022-10-30T19:00:00-05:00",
    };
    const records = Object.entries(times).map(([uuid, time]) => rawRecord(uuid, time, { distinct_id: uuid }));
    const truth = readTruth(rawFolder({ "2022-10-31/20221031-120000.json": records }));
    expect([...truth.dau]).toEqual([
      ["2022-10-30", 2],
      ["2022-10-31", 3],
    ]);
  });

  it("puts a pull into the hour of its name: hour 23 to its last second, midnight into the next day", () => {
    const truth = readTruth(
      rawFolder({
        "2022-10-30/20221030-225959.json": [rawRecord("u1", monday)],
        "2022-10-30/20221030-230000.json": [rawRecord("u2", monday)],
        "2022-10-30/20221030-235959.json": [rawRecord("u3", monday), rawRecord("u4", monday, { distinct_id: "" })],
        "2022-10-31/20221031-000000.json": [],
      }),
    );
    expect([...truth.hours]).toEqual([
      ["2022-10-30 22:00", { files: 1, malformed: 0, rows: 1, rejected: 0 }],
      ["2022-10-30 23:00", { files: 2, malformed: 0, rows: 2, rejected: 1 }],
      ["2022-10-31 00:00", { files: 1, malformed: 0, rows: 0, rejected: 0 }],
    ]);
    expect(truth.events.get("u3")?.file).toBe("20221030-235959.json");
  });

  it("keeps the first pull of an unbroken run of the same content", () => {
    const first = rawRecord("u1", monday);
    const truth = readTruth(
      rawFolder({
        "2022-10-31/20221031-100001.json": [first, first],
        "2022-10-31/20221031-100101.json": [first],
        "2022-10-31/20221031-100201.json": [{ ...first, $lib: "unknown keys are not content" }],
      }),
    );
    expect(truth.events.size).toBe(1);
    expect(truth.events.get("u1")?.file).toBe("20221031-100001.json");
    expect(truth.hours.get("2022-10-31 10:00")?.rows).toBe(4);
  });

  it("takes the run anew when content comes back after a correction", () => {
    const first = rawRecord("u1", monday);
    const truth = readTruth(
      rawFolder({
        "2022-10-31/20221031-100001.json": [first],
        "2022-10-31/20221031-100101.json": [{ ...first, distinct_id: "2" }],
        "2022-10-31/20221031-100201.json": [first],
        "2022-10-31/20221031-100301.json": [first],
      }),
    );
    expect(truth.events.get("u1")).toMatchObject({ distinct_id: "1", file: "20221031-100201.json" });
  });

  it("lets the later pull win, by name and not by folder, then the later place in it", () => {
    const truth = readTruth(
      rawFolder({
        "2022-11-01/20221031-090000.json": [rawRecord("u1", monday, { distinct_id: "in a later folder" })],
        "2022-10-31/20221031-100001.json": [
          rawRecord("u1", monday, { distinct_id: "first" }),
          rawRecord("u1", monday, { distinct_id: "last" }),
        ],
      }),
    );
    expect(truth.events.get("u1")).toMatchObject({ distinct_id: "last", file: "20221031-100001.json" });
    expect([...truth.dau]).toEqual([["2022-10-31", 1]]);
  });

  it("moves an event to the day of its latest pull, and leaves nothing behind", () => {
    const truth = readTruth(
      rawFolder({
        "2022-10-31/20221031-100001.json": [rawRecord("u1", monday)],
        "2022-11-01/20221101-100001.json": [rawRecord("u1", "2022-11-01T09:00:00Z")],
      }),
    );
    expect([...truth.dau]).toEqual([["2022-11-01", 1]]);
    expect([...truth.mau]).toEqual([["2022-11-01", 1]]);
  });

  it("forgets an event whose pull vanished or was spoilt, and falls back to an earlier pull", () => {
    const folder = rawFolder({
      "2022-10-31/20221031-100001.json": [rawRecord("u1", monday)],
      "2022-10-31/20221031-100101.json": Buffer.from('[{"distinct_id":"2","uuid":"u1","timestamp":"2022-10-01"}'),
    });
    const truth = readTruth(folder);
    expect(truth.malformed).toEqual(["2022-10-31/20221031-100101.json"]);
    expect(truth.events.get("u1")?.distinct_id).toBe("1");
    expect(truth.hours.get("2022-10-31 10:00")).toEqual({ files: 2, malformed: 1, rows: 1, rejected: 0 });
  });

  it("knows an event without uuid by its content", () => {
    const nameless = rawRecord(undefined, monday);
    const truth = readTruth(
      rawFolder({
        "2022-10-31/20221031-100001.json": [nameless, { ...nameless, uuid: null }, { ...nameless, uuid: "" }],
        "2022-10-31/20221031-100101.json": [
          { ...nameless, timestamp: "2022-10-31T17:00:00+07:00" },
          { ...nameless, event: "other" },
        ],
      }),
    );
    expect([...truth.events.values()].map(({ uuid, event, file }) => [uuid, event, file])).toEqual([
      [null, "$pageview", "20221031-100001.json"],
      [null, "other", "20221031-100101.json"],
    ]);
  });

  it("takes a number for its text and an id whole", () => {
    const ids = [21920, "21920", "21921", "021920", "a1b2", true];
    const records = ids.map((id, index) => rawRecord(`u${String(index)}`, monday, { distinct_id: id }));
    const truth = readTruth(rawFolder({ "2022-10-31/20221031-100001.json": records }));
    expect([...truth.dau]).toEqual([["2022-10-31", 5]]);
    expect(truth.events.get("u0")?.distinct_id).toBe("21920");
  });

  it("turns away records without an id, without a readable time, or with a NUL, and nothing else of the pull", () => {
    const records = [
      rawRecord("u0", monday, { distinct_id: undefined }),
      rawRecord("u1", monday, { distinct_id: null }),
      rawRecord("u2", monday, { distinct_id: "" }),
      rawRecord("u3", undefined),
      rawRecord("u4", null),
      rawRecord("u5", "soon"),
      rawRecord("u6", 1667210400000),
      rawRecord("u7", monday, { event: "a\0b" }),
      rawRecord("u8", monday),
    ];
    const truth = readTruth(rawFolder({ "2022-10-31/20221031-100001.json": records }));
    expect([...truth.events.keys()]).toEqual(["u8"]);
    expect(truth.rejected.map(({ position, reason }) => [position, reason])).toEqual([
      [0, "no distinct_id"],
      [1, "no distinct_id"],
      [2, "no distinct_id"],
      [3, "no timestamp"],
      [4, "no timestamp"],
      [5, "unreadable timestamp"],
      [6, "unreadable timestamp"],
      [7, "a NUL character"],
    ]);
  });

  it("replaces a lone surrogate", () => {
    const bytes = Buffer.from(`[{"distinct_id":"1","timestamp":"${monday}","uuid":"u1","event":"a\\ud83dz"}]`);
    expect(readTruth(rawFolder({ "2022-10-31/20221031-100001.json": bytes })).events.get("u1")?.event).toBe("a\ufffdz");
  });

  it.each([
    ["truncated", '[{"distinct_id":"1"}'],
    ["empty", ""],
    ["white space", " \n"],
    ["HTML", "<html></html>"],
    ["concatenated", "[][]"],
    ["an object", '{"error":"rate limited"}'],
    ["a text", '"[]"'],
    ["NUL bytes", "[]\0\0"],
    ["invalid UTF-8", Buffer.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d])],
    ["a byte order mark", "\ufeff[]"],
    ["a null element", "[{},null]"],
    ["an array element", "[[]]"],
    ["a scalar element", "[1]"],
    ["a trailing comma", "[{},]"],
    ["NaN", '[{"a":NaN}]'],
  ])("quarantines a pull: %s", (_, content) => {
    const truth = readTruth(rawFolder({ "2022-10-31/20221031-100001.json": Buffer.from(content) }));
    expect(truth.malformed).toEqual(["2022-10-31/20221031-100001.json"]);
    expect([...truth.hours.values()]).toEqual([{ files: 1, malformed: 1, rows: 0, rejected: 0 }]);
  });

  it("takes white space, an empty array and duplicate keys as JSON does", () => {
    const text = `\r\n[ {"distinct_id":"1","distinct_id":"2",\t"timestamp":"${monday}","uuid":"u1"} ]\n`;
    const truth = readTruth(
      rawFolder({
        "2022-10-31/20221031-100001.json": Buffer.from(text),
        "2022-10-31/20221031-100002.json": Buffer.from(" [ ] "),
      }),
    );
    expect(truth.malformed).toEqual([]);
    expect(truth.events.get("u1")?.distinct_id).toBe("2");
  });

  it("ignores files whose names are no pull's", () => {
    const names = [
      "notes.txt",
      "20221399-100001.json",
      "20221031-246000.json",
      "20221031-100001.json.partial",
      "x20221031-100001.json",
    ];
    const files = Object.fromEntries(names.map((name) => [`2022-10-31/${name}`, []]));
    const truth = readTruth(rawFolder({ ...files, "20221031-100001.json": [] }));
    expect(truth.ignored).toEqual(names.map((name) => `2022-10-31/${name}`).sort());
    expect([...truth.hours.keys()]).toEqual(["2022-10-31 10:00"]);
  });

  it("does not hide a folder that is not there", () => {
    expect(() => readTruth(join(import.meta.dirname, "no-such-folder"))).toThrow("ENOENT");
  });
});
