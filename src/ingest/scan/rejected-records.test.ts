import { describe, expect, it } from "vitest";
import { scanText } from "../../../test/ingest/scan-text.ts";

const time = '"timestamp":"2022-10-01T00:00:00Z"';
const good = `{"distinct_id":"1",${time}}`;

describe("a record that cannot be a row", () => {
  it.each([
    ["A4: no id", `{${time}}`, '"distinct_id" is missing.'],
    ["A4: an empty id", `{"distinct_id":"",${time}}`, '"distinct_id" is an empty text.'],
    ["A5: a null id", `{"distinct_id":null,${time}}`, '"distinct_id" is null.'],
    ["A25: no time", '{"distinct_id":"1"}', '"timestamp" is missing.'],
    ["A25: a null time", '{"distinct_id":"1","timestamp":null}', '"timestamp" is null.'],
    ["A25: an empty time", '{"distinct_id":"1","timestamp":""}', '"timestamp" is an empty text.'],
    [
      "A25: a time that does not parse",
      '{"distinct_id":"1","timestamp":"yesterday"}',
      '"timestamp" is "yesterday", not an ISO 8601 time.',
    ],
    [
      "A25: a day that no calendar has",
      '{"distinct_id":"1","timestamp":"2022-02-30T00:00:00Z"}',
      '"timestamp" is "2022-02-30T00:00:00Z", not an ISO 8601 time.',
    ],
    [
      "A25: a time that is a number",
      '{"distinct_id":"1","timestamp":1664582400}',
      '"timestamp" is 1664582400, not an ISO 8601 time.',
    ],
    [
      "A25: a time that is an object",
      '{"distinct_id":"1","timestamp":{ "$date": "2022-10-01" }}',
      '"timestamp" is {"$date":"2022-10-01"}, not an ISO 8601 time.',
    ],
    [
      "a NUL character in a value",
      String.raw`{"distinct_id":"1",${time},"event":"a\u0000b"}`,
      '"event" holds a NUL character.',
    ],
  ])("%s: is kept apart with its place, its text and the reason", (_, record, reason) => {
    const { rows, rejects, counts } = scanText(`[${good}, ${record}\n,${good}]`);
    expect(rows).toHaveLength(2);
    expect(rejects).toEqual([[String(good.length + 3), "record", reason, record]]);
    expect(counts).toEqual({ rows: 2, rejectedFiles: 0, rejectedRecords: 1 });
  });

  it("shows a long wrong time only in part, and keeps the record's own spelling whole", () => {
    const record = `{ "distinct_id" : "1",\n"timestamp": "${"9".repeat(500)}", "event": "\\"é\\ud83d" }`;
    const { rejects } = scanText(`[${record}]`);
    expect(rejects).toEqual([["1", "record", `"timestamp" is "${"9".repeat(60)}…", not an ISO 8601 time.`, record]]);
  });
});

describe("a record of more than 64 MiB", () => {
  it("is kept apart, with only its beginning: no warehouse would take the line", () => {
    const large = `{"distinct_id":"1",${time},"event":"${"é".repeat(33 << 20)}"}`;
    const { rows, rejects, counts } = scanText(`[${good},${large},${good}]`);
    expect(rows).toHaveLength(2);
    expect(counts.rejectedRecords).toBe(1);
    const [offset, kind, reason, record] = rejects[0] ?? [];
    expect([offset, kind, reason]).toEqual([String(good.length + 2), "record", "The record is larger than 64 MiB."]);
    expect(record).toHaveLength(544);
    expect(record?.endsWith("é\ufffd")).toBe(true);
    expect(large.startsWith(record?.slice(0, -1) ?? "?")).toBe(true);
  });
});

describe("a record that looks odd", () => {
  it.each([
    ["A2, A3: a long id, an id with letters", '"a1b2c3d4e5-21920"', "a1b2c3d4e5-21920"],
    ["A5: an id that is a number", "21920", "21920"],
    ["A5: an id that is a long number", "123456789012345678901234567890", "123456789012345678901234567890"],
    ["an id that is zero", "0", "0"],
    ["an id of one space", '" "', " "],
    ["an id with an escape", String.raw`"\u0031"`, "1"],
  ])("%s: is a row", (_, spelled, id) => {
    expect(scanText(`[{"distinct_id":${spelled},${time}}]`).rows[0]?.[0]).toBe(id);
  });

  it("is a row where a NUL character stands in a key that no column takes", () => {
    expect(scanText(String.raw`[{"distinct_id":"1",${time},"other":"\u0000","\u0000":1}]`).rows).toHaveLength(1);
  });

  it("is a row where an earlier value of the same key was no value", () => {
    const record = String.raw`{"distinct_id":null,"distinct_id":"1","timestamp":"?",${time},"event":"\u0000","event":"e"}`;
    expect(scanText(`[${record}]`).rows).toHaveLength(1);
  });
});
