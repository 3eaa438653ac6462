import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { examplePulls } from "../../scripts/sample/example.ts";
import { readInstant } from "./read-instant.ts";
import { listPulls, readPull } from "./read-pulls.ts";
import { readRecord, type EventRow, type JsonObject } from "./read-record.ts";
import { contentOf, readTruth } from "./truth.ts";

const folder = join(import.meta.dirname, "../../raw_data");
const { pulls } = listPulls(folder);
const truth = readTruth(folder);

interface Sent {
  readonly file: string;
  readonly record: JsonObject;
  readonly row: EventRow | undefined;
}

const sent: readonly Sent[] = pulls.flatMap((pull) =>
  (readPull(folder, pull) ?? []).map((record) => {
    const read = readRecord(record, pull.file);
    return { file: pull.file, record, row: read.kind === "row" ? read.row : undefined };
  }),
);
const rows = sent.flatMap(({ row }) => row ?? []);

function bytesOf(path: string): Buffer {
  return readFileSync(join(folder, path));
}

/** Pairs of neighbours among the rows of one uuid, in pull order. */
function successions(): readonly (readonly [EventRow, EventRow])[] {
  const last = new Map<string, EventRow>();
  return rows.flatMap((row) => {
    const before = row.uuid === null ? undefined : last.get(row.uuid);
    last.set(row.uuid ?? "", row);
    return before === undefined ? [] : [[before, row] as const];
  });
}

/** The UTC day of a pull's name. */
function pullDay(row: EventRow): string {
  return row.file.slice(0, 8).replace(/^(\d{4})(\d{2})/u, "$1-$2-");
}

function late(row: EventRow): boolean {
  return row.event_time.slice(0, 10) < pullDay(row);
}

describe("raw_data", () => {
  it("is byte for byte what npm run sample -- --example writes", () => {
    const expected = examplePulls();
    const actual = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
    expect(actual.sort()).toEqual(expected.map(({ path }) => path));
    expect(expected.filter(({ path, bytes }) => !bytesOf(path).equals(bytes)).map(({ path }) => path)).toEqual([]);
    expect(truth.ignored).toEqual([]);
  });

  it("holds three days around a month's end in a few hundred small files", () => {
    expect([...new Set(pulls.map(({ path }) => path.slice(0, 10)))]).toEqual([
      "2022-10-30",
      "2022-10-31",
      "2022-11-01",
    ]);
    expect(pulls.length).toBeGreaterThan(250);
    expect(pulls.length).toBeLessThan(350);
    expect(pulls.reduce((sum, { path }) => sum + statSync(join(folder, path)).size, 0)).toBeLessThan(600_000);
    expect(pulls.filter((pull) => (readPull(folder, pull)?.length ?? 0) > 6)).toEqual([]);
  });

  it("holds late events of September and of mid-October, and some across the month's boundary", () => {
    const days = rows.filter(late).map((row) => row.event_time.slice(0, 10));
    expect(days.filter((day) => day < "2022-10").length).toBeGreaterThan(1);
    expect(days.filter((day) => day >= "2022-10-08" && day < "2022-10-22").length).toBeGreaterThan(1);
    expect(
      rows.filter((row) => pullDay(row) >= "2022-11" && row.event_time < "2022-11" && row.event_time > "2022-10")
        .length,
    ).toBeGreaterThan(5);
  });

  it("holds events sent again, corrected, corrected and put back, and twice in one pull, and none that moves", () => {
    const pairs = successions();
    const again = pairs.filter(([before, row]) => contentOf(before) === contentOf(row));
    const corrected = pairs.filter(([before, row]) => contentOf(before) !== contentOf(row));
    expect(again.filter(([before, row]) => before.file !== row.file).length).toBeGreaterThan(5);
    expect(again.filter(([before, row]) => before.file === row.file).length).toBeGreaterThan(0);
    expect(corrected.filter(([before, row]) => before.distinct_id !== row.distinct_id).length).toBeGreaterThan(2);
    expect(corrected.filter(([before, row]) => before.geoip_city_name !== row.geoip_city_name).length).toBeGreaterThan(
      2,
    );
    expect(
      corrected.filter(([, row]) => row.event_time < "2022-11" && pullDay(row) >= "2022-11").length,
    ).toBeGreaterThan(0);
    expect(pairs.filter(([before, row]) => before.event_time !== row.event_time)).toEqual([]);
    const putBack = rows.filter((row) => row.uuid?.endsWith("-000000000023") === true).map((row) => row.event);
    expect(putBack).toEqual(["$pageview", "buy_feed", "$pageview"]);
    expect(truth.events.get("01842b1c-0000-0001-0000-000000000023")?.file).toBe("20221031-100201.json");
  });

  it("holds hour 23 of each day, an hour without pulls, and an empty array", () => {
    expect(
      ["2022-10-30 23:00", "2022-10-31 23:00", "2022-11-01 23:00"].filter((hour) => truth.hours.has(hour)),
    ).toHaveLength(3);
    expect(truth.hours.size).toBe(3 * 24 - 1);
    expect(truth.hours.has("2022-10-31 04:00")).toBe(false);
    expect(bytesOf("2022-10-31/20221031-120007.json").toString()).toBe("[]");
  });

  it("holds the last and the first instant of days and of the month", () => {
    const times = rows.map((row) => row.event_time);
    expect(times).toEqual(
      expect.arrayContaining([
        "2022-10-30T23:59:59.999000Z",
        "2022-10-31T23:59:59.999000Z",
        "2022-11-01T00:00:00.000000Z",
      ]),
    );
  });

  it("holds non-ASCII text, quotes, line breaks, and nested elements", () => {
    expect(rows.some((row) => row.event?.includes('"ikan", 魚\n🐟') === true)).toBe(true);
    expect(new Set(rows.map((row) => row.geoip_city_name)).has("Cần Thơ")).toBe(true);
    expect(rows.some((row) => row.elements?.includes('"children":[{"tag_name":"span"') === true)).toBe(true);
    expect(rows.some((row) => row.elements?.startsWith("{") === true)).toBe(true);
  });

  it("holds ids of 1 to 7 digits, with letters, with a leading zero, as numbers, and two with the same first four digits", () => {
    const ids = new Set(rows.map((row) => row.distinct_id));
    expect([...ids].filter((id) => /^\d+$/u.test(id)).map((id) => id.length)).toEqual(
      expect.arrayContaining([1, 2, 3, 4, 5, 6, 7]),
    );
    expect(["a1b2c3d4e5", "0421", "21920", "21921"].filter((id) => ids.has(id))).toHaveLength(4);
    const numeric = sent.filter(({ record }) => typeof record["distinct_id"] === "number");
    expect(numeric.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.distinct_id === "58213")).toHaveLength(2);
  });

  it("holds texts that are absent, null and empty", () => {
    const cities = sent.map(({ record }) => record["$geoip_city_name"]);
    expect([undefined, null, ""].filter((city) => cities.includes(city))).toHaveLength(3);
  });

  it("holds unknown keys, and $lib beside lib", () => {
    expect(sent.filter(({ record }) => "$lib" in record && "lib" in record).length).toBeGreaterThan(0);
    expect(sent.filter(({ record }) => "$session" in record)).toHaveLength(1);
  });

  it("holds times with offsets that change the UTC day, microseconds, and short forms", () => {
    const changed = sent.filter(({ record }) => {
      const text = record["timestamp"];
      const instant = typeof text === "string" ? readInstant(text) : undefined;
      return instant !== undefined && typeof text === "string" && instant.day !== text.slice(0, 10);
    });
    expect(changed.map(({ record }) => record["timestamp"])).toEqual([
      "2022-11-01T06:30:00.000+07:00",
      "2022-10-31T20:15:00-0500",
    ]);
    const texts = sent.map(({ record }) => record["timestamp"]);
    expect(texts).toEqual(expect.arrayContaining(["2022-11-01 15:59:58.123456Z", "2022-11-01T15:59", "2022-11-01"]));
  });

  it("holds events without uuid, one of them sent twice", () => {
    const nameless = rows.filter((row) => row.uuid === null);
    expect(nameless).toHaveLength(3);
    expect(new Set(nameless.map(contentOf)).size).toBe(2);
  });

  it("holds records to be turned away for each reason", () => {
    const reasons = truth.rejected.map(({ path, reason }) => `${basename(path)} ${reason}`);
    expect(reasons).toEqual([
      "20221030-170001.json no timestamp",
      "20221030-170001.json no timestamp",
      "20221030-170001.json unreadable timestamp",
      "20221030-170001.json unreadable timestamp",
      "20221030-170001.json unreadable timestamp",
      "20221031-170001.json no distinct_id",
      "20221031-170001.json no distinct_id",
      "20221031-170001.json no distinct_id",
    ]);
  });

  it("holds one pull of each malformed kind", () => {
    const [truncated, html, object, invalid, empty, concatenated, nul, nullElement] = [
      "025953",
      "065953",
      "105953",
      "145953",
      "045953",
      "085953",
      "125953",
      "165953",
    ].map((time) => bytesOf(`2022-11-01/20221101-${time}.json`).toString("latin1"));
    expect(truth.malformed).toHaveLength(8);
    expect(truncated).toMatch(/^\[\{"distinct_id":.*[^\]]$/su);
    expect(empty).toBe("");
    expect(html).toMatch(/^<html>/u);
    expect(concatenated).toMatch(/^\[\{.*\}\]\[\{.*\}\]$/su);
    expect(object).toBe('{"error":"rate limited","code":429}');
    expect(nul).toMatch(/^\[\{.*\}\]\0{16}$/su);
    expect(invalid).toMatch(/^\[\{.*"caf\xe9"\}\]$/su);
    expect(nullElement).toMatch(/^\[\{.*\},null\]$/su);
  });
});
