import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aquatechColumns } from "../../../test/ingest/aquatech-columns.ts";
import { scanText } from "../../../test/ingest/scan-text.ts";

/** How many mutated files are compared: some by default, any number by hand. */
const cases = Number(process.env["TSDBT_MUTATIONS"] ?? 3000);

const goodFiles: readonly string[] = [
  "[]",
  '[{"distinct_id":"21920","event":"$identify","timestamp":"2022-10-01T14:44:35.546Z","uuid":"01839401-d757-0001-295b-23cf4fc0a94a","elements":[],"$geoip_city_name":"São Paulo","$geoip_latitude":-2.9146,"$geoip_longitude":104.7535}]',
  String.raw`[{"distinct_id":1e3,"event":"a\"b\\\u00e9\ud83d\udc1f\ud83d","timestamp":"2022-10-01","elements":[{"tag":"a","n":[1,-2.5E+3,{}],"t":"\n"},null,true]},{"event":"","timestamp":"2022-10-01 14:44","distinct_id":"x","extra":{"distinct_id":"no"}}]`,
  `[\n  {"distinct_id" : "東京🐟", "timestamp" : "2022-10-01T00:00:00+07:00", "uuid" : "u", "event" : false },\r\n\t{ "distinct_id" : null }, { "uuid" : "1", "distinct_id" : "2", "event" : null } ]\n`,
];

/** Bytes that matter to JSON, UTF-8 or the calendar, and so break more than others. */
const tellingBytes = Buffer.concat([
  Buffer.from('"\\{}[],:0-.eE+ \n\t\0\x1f/u1249aAtruefalsnZT$d_'),
  Buffer.of(0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xa0, 0xef, 0xbb, 0xf0, 0x9f, 0xf4, 0xff),
]);

interface Mutation {
  readonly kind: "replace" | "insert" | "remove" | "cut" | "repeat";
  readonly place: number;
  readonly byte: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("replace", "insert", "remove", "cut", "repeat"),
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  byte: fc.oneof(fc.constantFrom(...tellingBytes), fc.integer({ min: 0x23, max: 0x7e })),
});

function mutate(file: Buffer, { kind, place, byte }: Mutation): Buffer {
  const at = Math.floor(place * (file.length + 1));
  const [before, after] = [file.subarray(0, at), file.subarray(at)];
  switch (kind) {
    case "replace":
      return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
    case "insert":
      return Buffer.concat([before, Buffer.of(byte), after]);
    case "remove":
      return Buffer.concat([before, after.subarray(1)]);
    case "cut":
      return byte < 0x40 ? before : after;
    case "repeat":
      return Buffer.concat([before, after.subarray(0, 8), after]);
  }
}

type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The records of a file as JSON.parse reads them; `undefined` where the file is at fault. */
function parseFile(file: Buffer): readonly JsonRecord[] | undefined {
  if (!isUtf8(file)) return undefined;
  try {
    const parsed: unknown = JSON.parse(file.toString());
    return Array.isArray(parsed) && parsed.every(isRecord) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The instant of an event time in microseconds, found in another way than the scanner's. */
function microsOf(value: unknown): bigint | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d|$)/u.test(value)) return undefined;
  const match = /^(.{10})(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|([+-])(\d\d):?(\d\d)?)?)?$/u.exec(value);
  if (match === null) return undefined;
  const [, day = "", time = "00:00", second = "00", fraction = "", , sign, hours = "0", minutes = "0"] = match;
  if (sign !== undefined && value.endsWith(":")) return undefined;
  const iso = `${day}T${time}:${second}.000Z`;
  const at = Date.parse(iso);
  if (Number.isNaN(at) || new Date(at).toISOString() !== iso || day.startsWith("0000")) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const zone = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return BigInt(at - zone) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

function isWanted(record: JsonRecord): boolean {
  const id = record["distinct_id"];
  if (id === undefined || id === null || id === "" || microsOf(record["timestamp"]) === undefined) return false;
  return aquatechColumns.every((column) => {
    const value = !("key" in column) ? "" : Object.hasOwn(record, column.key) ? record[column.key] : undefined;
    return typeof value !== "string" || !value.includes("\0");
  });
}

/** Whether a CSV field is what the record's value has to become; numbers may be spelled in another way. */
function isSameValue(field: string | null, value: unknown): boolean {
  if (value === undefined || value === null) return field === null;
  if (field === null) return false;
  if (typeof value === "string") return field === Buffer.from(value).toString();
  if (typeof value === "object") {
    const parsed: unknown = JSON.parse(field);
    return JSON.stringify(parsed) === JSON.stringify(value);
  }
  return typeof value === "number" ? Object.is(Number(field), value) : field === JSON.stringify(value);
}

function isSameRow(row: readonly (string | null)[], record: JsonRecord): boolean {
  return aquatechColumns.every((column, index) => {
    const field = row[index] ?? null;
    switch (column.role) {
      case "position":
        return false;
      case "file":
        return field === "20221013-030129.json";
      case "eventTime":
        return field !== null && microsOf(field) === microsOf(record[column.key]);
      case "id": {
        const value = record[column.key] ?? "";
        return value === ""
          ? /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(field ?? "")
          : isSameValue(field, value);
      }
      case "text":
        return isSameValue(field, Object.hasOwn(record, column.key) ? record[column.key] : undefined);
    }
  });
}

describe("the scanner", () => {
  it("gives the verdicts and the rows of isUtf8 and JSON.parse over mutated files", () => {
    const seen = { good: 0, bad: 0, rows: 0, rejected: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...goodFiles),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (good, mutations) => {
          const file = mutations.reduce(mutate, Buffer.from(good));
          const records = parseFile(file);
          const { rows, rejects, counts } = scanText(file);
          const wanted = records?.filter(isWanted) ?? [];
          const rejected = (records?.length ?? 0) - wanted.length;
          expect(counts.rejectedFiles).toBe(records === undefined ? 1 : 0);
          expect([rows.length, counts.rows]).toEqual([wanted.length, wanted.length]);
          expect(counts.rejectedRecords).toBe(rejected);
          expect(rejects).toHaveLength(records === undefined ? 1 : rejected);
          expect(Number(rejects[0]?.[0] ?? 0)).toBeLessThanOrEqual(file.length);
          for (const [index, record] of wanted.entries()) expect(isSameRow(rows[index] ?? [], record)).toBe(true);
          seen[records === undefined ? "bad" : "good"]++;
          seen.rows += wanted.length;
          seen.rejected += rejected;
        },
      ),
      { numRuns: cases },
    );
    expect(Math.min(seen.good, seen.bad, seen.rows, seen.rejected)).toBeGreaterThan(cases / 50);
    if (process.env["TSDBT_MUTATIONS"] !== undefined) process.stderr.write(`${JSON.stringify(seen)}\n`);
  }, 3_600_000);
});
