import { describe, expect, it } from "vitest";
import type { IngestColumn } from "../../domain/ingest-settings.ts";
import { scanFiles, scanText } from "../../../test/ingest/scan-text.ts";
import { aquatechColumns } from "../../../test/ingest/aquatech-columns.ts";

const time = '"timestamp":"2022-10-01T00:00:00Z"';

/** What the column `event` gets from a record in which its value is spelled so. */
function valueOf(spelled: string): string | null | undefined {
  return scanText(`[{"distinct_id":"1",${time},"event":${spelled}}]`).rows[0]?.[2];
}

describe("the position of a row", () => {
  const columns: readonly IngestColumn[] = [...aquatechColumns, { role: "position", name: "position" }];
  const good = `{"distinct_id":"1",${time},"uuid":"u"}`;

  it("tells which texts are empty", () => {
    const record = `{"distinct_id":"1",${time},"event":"","elements":null,"uuid":"","$geoip_city_name":""}`;
    expect(scanText(`[${record}]`).rows[0]?.[2]).toBe("");
    expect(scanFiles([`[${good},${record}]`], columns).rows.map((row) => row.at(-1))).toEqual(["1", "2:3,6,16"]);
  });

  it("counts the rows of a pull, without records and files that are turned away", () => {
    const files = [`[${good},{},${good}]`, `[${good},oops]`, `[${good}]`];
    expect(scanFiles(files, columns).rows.map((row) => row.at(-1))).toEqual(["1", "2", "3"]);
  });
});

describe("the values of a record", () => {
  it("are laid out in the columns' order, whatever order the keys have", () => {
    const { rows } = scanText(
      `[{"uuid":"u","$geoip_latitude":-2.9146,${time},"elements":[],"event":"$identify","distinct_id":"21920"}]`,
    );
    expect(rows).toEqual([
      [
        "21920",
        "[]",
        "$identify",
        "2022-10-01T00:00:00Z",
        "20221013-030129.json",
        ...[null, null, null, null, null, "-2.9146", null, null, null, null],
        "u",
      ],
    ]);
  });

  it.each([
    ["106.8440", "106.8440"],
    ["1e3", "1e3"],
    ["-0", "-0"],
    ["12345678901234567890", "12345678901234567890"],
    ["1E+400", "1E+400"],
    ["true", "true"],
    ["false", "false"],
  ])("keep a scalar's own spelling: %s", (spelled, value) => {
    expect(valueOf(spelled)).toBe(value);
  });

  it("A10: tell null and an absent key from an empty text", () => {
    expect([valueOf("null"), valueOf('""')]).toEqual([null, ""]);
    expect(scanText(`[{"distinct_id":"1",${time}}]`).rows[0]?.[2]).toBeNull();
  });

  it.each([
    [String.raw`"a\"b\\c\/d\b\f\n\r\t"`, 'a"b\\c/d\b\f\n\r\t'],
    [String.raw`"\u00e9\u6771\ud83d\udc1f"`, "é東🐟"],
    ['"São Paulo, 東京 🐟"', "São Paulo, 東京 🐟"],
    [String.raw`"\ud83d"`, "\ufffd"],
    [String.raw`"\udc1f\ud83d!"`, "\ufffd\ufffd!"],
    ['"\u007f\u0085\u2028"', "\u007f\u0085\u2028"],
    [`"${"long, ".repeat(100)}"`, "long, ".repeat(100)],
    [`"${"x".repeat(100)}\\n"`, `${"x".repeat(100)}\n`],
  ])("are unescaped texts: %s", (spelled, value) => {
    expect(valueOf(spelled)).toBe(value);
  });

  it.each([
    ["[]", "[]"],
    ["{ }", "{}"],
    [
      '[ {"tag_name" : "button", "text":"Save \\"pond\\", now" ,\n"n": 1.50} ]',
      '[{"tag_name":"button","text":"Save \\"pond\\", now","n":1.50}]',
    ],
    [String.raw`{"a": "\\", "b": "\" x", "a": null}`, String.raw`{"a":"\\","b":"\" x","a":null}`],
    [String.raw`["\u0000 kept as spelled"]`, String.raw`["\u0000 kept as spelled"]`],
  ])("A9: are compact JSON where they are nested: %s", (spelled, value) => {
    expect(valueOf(spelled)).toBe(value);
  });

  it("are kept however deep they are nested", () => {
    const deep = `${'[{"a":'.repeat(50_000)}1${"}]".repeat(50_000)}`;
    expect(valueOf(deep)).toBe(deep);
    expect(scanText(`[{"other":${deep},"distinct_id":"1",${time}}]`).rows).toHaveLength(1);
  });

  it("of one key given twice are the last one", () => {
    const { rows } = scanText(`[{"event":"a","event":null,"distinct_id":"1",${time},"distinct_id":"2"}]`);
    expect(rows[0]?.slice(0, 3)).toEqual(["2", null, null]);
  });

  it("A11: belong to exactly the key that is asked for, `$` and all", () => {
    const columns: readonly IngestColumn[] = [
      ...aquatechColumns.filter((column) => column.name === "event_time"),
      { role: "text", name: "lib", key: "lib", required: false },
      { role: "text", name: "_lib", key: "$lib", required: false },
      { role: "text", name: "quoted", key: 'a"b', required: false },
      { role: "text", name: "again", key: "lib", required: false },
    ];
    const record = String.raw`{"\u0024lib":"web","lib":"js","Lib":"no","lib ":"no","a\"b":"q",${time}}`;
    const { rows, unknownKeys } = scanFiles([`[${record},${record}]`], columns);
    expect(rows).toEqual(Array(2).fill(["2022-10-01T00:00:00Z", "js", "web", "q", "js"]));
    expect(unknownKeys).toEqual({ Lib: 2, "lib ": 2 });
  });

  it("A12: without a column are counted by key, once a record", () => {
    const { unknownKeys, counts } = scanText(
      `[{"distinct_id":"1",${time},"new":1,"new":2},{"distinct_id":null,"__proto__":1,"new":[]},{"Event":1}]`,
    );
    expect(unknownKeys).toEqual(
      Object.fromEntries([
        ["new", 2],
        ["__proto__", 1],
        ["Event", 1],
      ]),
    );
    expect(counts).toEqual({ rows: 1, rejectedFiles: 0, rejectedRecords: 2 });
  });

  it("A12: of a hundred unknown keys are counted, of more not, and known ones are found all the same", () => {
    const many = Array.from({ length: 300 }, (_, index) => `"k${String(index)}":${String(index)}`).join(",");
    const { unknownKeys, rows } = scanText(`[{${many},"distinct_id":"7",${time}},{"k99":1,"k100":1}]`);
    expect(Object.keys(unknownKeys)).toHaveLength(100);
    expect([unknownKeys["k99"], unknownKeys["k100"]]).toEqual([2, undefined]);
    expect(rows[0]?.[0]).toBe("7");
  });

  it("may be spread over any white space JSON allows", () => {
    const { rows } = scanText(`\n[\t{ "distinct_id" :\r\n "1" , "event" : 1 ,${time} } \n]\r\n`);
    expect(rows[0]?.slice(0, 3)).toEqual(["1", null, "1"]);
  });
});

describe("an empty array and an empty record", () => {
  it("are no fault of the file", () => {
    expect(scanText(" [ ] ").counts).toEqual({ rows: 0, rejectedFiles: 0, rejectedRecords: 0 });
    expect(scanText("[ { } , {} ]").counts).toEqual({ rows: 0, rejectedFiles: 0, rejectedRecords: 2 });
  });
});

describe("a record without id", () => {
  function idOf(record: string): string | null | undefined {
    return scanText(`[${record}]`).rows[0]?.[15];
  }

  it("gets one of its own content, in the form of a uuid", () => {
    const id = idOf(`{"distinct_id":"1",${time},"event":"a"}`);
    expect(id).toBe("1da5b218-7ff3-4ed1-d2f7-17388de61514");
    expect(idOf(`{"event":"a","uuid":null,"distinct_id":"1","timestamp":"2022-10-01 02:00+02","new":1}`)).toBe(id);
    expect(idOf(`{"event":"a","uuid":"",${time},"distinct_id":1,"$geoip_city_name":null}`)).toBe(id);
  });

  it("gets another one where any value differs", () => {
    const ids = [
      `{"distinct_id":"1",${time},"event":"a"}`,
      `{"distinct_id":"1",${time},"event":"b"}`,
      `{"distinct_id":"1",${time},"event":""}`,
      `{"distinct_id":"1",${time}}`,
      `{"distinct_id":"1",${time},"elements":"a"}`,
      `{"distinct_id":"1","timestamp":"2022-10-01T00:00:00.001Z","event":"a"}`,
    ].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is rejected where the id is required", () => {
    const columns = aquatechColumns.map((column) => (column.role === "id" ? { ...column, required: true } : column));
    expect(scanFiles([`[{"distinct_id":"1",${time},"uuid":""}]`], columns).rejects[0]?.[2]).toBe(
      '"uuid" is an empty text.',
    );
  });
});
