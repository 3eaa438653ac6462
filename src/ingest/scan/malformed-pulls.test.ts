import { describe, expect, it } from "vitest";
import { scanFiles, scanText } from "../../../test/ingest/scan-text.ts";
import { aquatechColumns } from "../../../test/ingest/aquatech-columns.ts";

const record = '{"distinct_id":"1","timestamp":"2022-10-01T00:00:00Z","uuid":"u"}';
const good = `[${record}]`;

function bytes(...parts: readonly (string | number)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));
}

const cases: readonly (readonly [name: string, content: string | Buffer, offset: number, reason: string])[] = [
  ["an empty file", "", 0, "The file is empty."],
  ["white space alone", " \n\t\r", 4, "The file holds nothing but white space."],
  ["a byte order mark", bytes(0xef, 0xbb, 0xbf, good), 0, "The file starts with a byte order mark."],
  [
    "HTML",
    "<html><body>502 Bad Gateway</body></html>",
    0,
    'The file starts with "<", as HTML does, where an array was expected.',
  ],
  ["plain words", "\nrate limited", 1, 'Found "rate" where an array was expected.'],
  ["an object at the root", ' {"error":"rate limited"}', 1, "The root is an object, not an array."],
  ["a text at the root", '"x"', 0, "The root is a text, not an array."],
  ["a number at the root", "-12", 0, "The root is a number, not an array."],
  ["null at the root", "null", 0, "The root is null, not an array."],
  ["NaN at the root", "NaN", 0, 'Found "NaN" where an array was expected.'],
  ["two arrays in a row", good + good, good.length, "A second array follows the first."],
  ["text behind the array", `${good} x`, good.length + 1, '"x" follows the end of the array.'],
  ["a NUL byte behind the array", `${good}\0`, good.length, "A NUL byte follows the end of the array."],
  ["a NUL byte between records", `[${record}\0]`, 1 + record.length, 'Found a NUL byte where "," or "]" was expected.'],
  ["a NUL byte in a text", '[{"a":"b\0"}]', 8, "A text holds a NUL byte."],
  ["a raw line break in a text", '[{"a":"b\n"}]', 8, "A text holds the control character 0x0A."],
  ["a null element", `[${record}, null]`, record.length + 3, "An element of the array is null, not an object."],
  ["an array for a record", `[[${record}]]`, 1, "An element of the array is an array, not an object."],
  ["a number for a record", "[1]", 1, "An element of the array is a number, not an object."],
  ["a text for a record", '["x"]', 1, "An element of the array is a text, not an object."],
  ["true for a record", "[true]", 1, "An element of the array is true, not an object."],
  ["a word for a record", "[undefined]", 1, 'Found "undefined" where an object was expected.'],
  ["NaN for a value", '[{"a":NaN}]', 6, 'Found "NaN" where a value was expected.'],
  ["Infinity for a value", '[{"a":-Infinity}]', 7, 'Found "Infinity" where a digit was expected.'],
  ["a comma before the array's end", `[${record},]`, record.length + 2, 'A comma stands before "]".'],
  ["a comma before a record's end", '[{"a":1,}]', 8, 'A comma stands before "}".'],
  ["a comma before a nested array's end", '[{"a":[1, ]}]', 10, 'Found "]" where a value was expected.'],
  ["a comma before a nested object's end", '[{"a":{"b":1,}}]', 13, 'A comma stands before "}".'],
  ["two commas", `[${record},,${record}]`, record.length + 2, 'Found "," where an object was expected.'],
  ["no comma", `[${record}${record}]`, record.length + 1, 'Found "{" where "," or "]" was expected.'],
  ["a key without quotes", "[{a:1}]", 2, 'Found "a" where a key was expected.'],
  ["single quotes", "[{'a':1}]", 2, `Found "'" where a key was expected.`],
  ["no colon", '[{"a" 1}]', 6, 'Found "1" where ":" was expected.'],
  ["no value", '[{"a":}]', 6, 'Found "}" where a value was expected.'],
  ["a wrong closing bracket", '[{"a":[1}]', 8, 'Found "}" where "," or "]" was expected.'],
  ["a wrong closing brace", '[{"a":1]', 7, 'Found "]" where "," or "}" was expected.'],
  ["an unknown escape", String.raw`[{"a":"\x41"}]`, 8, String.raw`A text holds the unknown escape "\x".`],
  ["a short unicode escape", String.raw`[{"a":"\u12g4"}]`, 11, 'Found "g4" where a hexadecimal digit was expected.'],
  ["a leading zero", '[{"a":01}]', 7, 'Found "1" where "," or "}" was expected.'],
  ["a leading plus", '[{"a":+1}]', 6, 'Found "+" where a value was expected.'],
  ["a bare decimal point", '[{"a":1.}]', 8, 'Found "}" where a digit was expected.'],
  ["an empty exponent", '[{"a":1e+}]', 9, 'Found "}" where a digit was expected.'],
  ["a hexadecimal number", '[{"a":0x1F}]', 7, 'Found "x1F" where "," or "}" was expected.'],
  ["a comment", `[/* all */${record}]`, 1, 'Found "/" where an object was expected.'],
  ["a no-break space", `[\u00a0${record}]`, 1, 'Found "\u00a0" where an object was expected.'],
  ["a byte that is no UTF-8", bytes('[{"a":"', 0xff, '"}]'), 7, "The byte 0xFF is not UTF-8."],
  ["Latin-1", bytes('[{"a":"K', 0xe9, 'dai"}]'), 8, "The byte 0xE9 is not UTF-8."],
  ["an encoded surrogate", bytes('["é', 0xed, 0xa0, 0x80, '"]'), 4, "The byte 0xED is not UTF-8."],
  ["an overlong slash", bytes("[", 0xc0, 0xaf), 1, "The byte 0xC0 is not UTF-8."],
  ["a stray continuation byte", bytes("[", 0x80, "]"), 1, "The byte 0x80 is not UTF-8."],
  ["half a character at the end", bytes('[{"a":"', 0xf0, 0x9f), 7, "The file ends in the middle of a character."],
];

describe("a pull that is no JSON array of objects", () => {
  it.each(cases)("A7: %s is turned away whole, with offset and reason", (_, content, offset, reason) => {
    const { rows, rejects, counts } = scanText(content);
    expect({ rows, rejects }).toEqual({ rows: [], rejects: [[String(offset), "file", reason, null]] });
    expect(counts).toEqual({ rows: 0, rejectedFiles: 1, rejectedRecords: 0 });
  });

  it("A7: is turned away at every length to which it can be cut", () => {
    const whole = Buffer.from('[{"a":"é\\u00e9","b":[tru' + 'e,-1.5e3,{"c":null}]} , {}]');
    const wrong: number[] = [];
    for (let length = 2; length < whole.length; length++) {
      const { rows, rejects } = scanText(whole.subarray(0, length));
      const [offset, kind, reason] = rejects[0] ?? [];
      const isTold = (reason ?? "").startsWith("The file ends ") && Number(offset) <= length;
      if (rows.length > 0 || kind !== "file" || !isTold) wrong.push(length);
    }
    expect(wrong).toEqual([]);
  });

  it("A6, A8: leaves the pulls beside it alone, and takes nothing from its own records", () => {
    const bad = `[${record},{"distinct_id":null,"other":1},`;
    const { rows, rejects, counts, unknownKeys } = scanFiles(
      [good, '{"error":"rate limited"}', bad, Buffer.of(0x5b, 0xff), good],
      aquatechColumns,
    );
    expect(rows).toHaveLength(2);
    expect(rejects.map(([offset, kind]) => [offset, kind])).toEqual([
      ["0", "file"],
      [String(bad.length), "file"],
      ["1", "file"],
    ]);
    expect(counts).toEqual({ rows: 2, rejectedFiles: 3, rejectedRecords: 0 });
    expect(unknownKeys).toEqual({});
  });

  it("does not read what an earlier, longer pull left in its buffer", () => {
    const { rows, rejects } = scanFiles([good, good.slice(0, -1)], aquatechColumns);
    expect(rows).toHaveLength(1);
    expect(rejects).toEqual([[String(good.length - 1), "file", "The file ends before its array does.", null]]);
  });
});
