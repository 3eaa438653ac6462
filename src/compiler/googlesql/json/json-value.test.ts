import { describe, expect, it } from "vitest";
import { indentJson } from "./json-text.ts";
import { changeJson, exactText, jsonKeys, jsonOf, normalText, stripNulls } from "./json-value.ts";
import { printJson } from "./json-text.ts";

describe("values of type JSON", () => {
  it("sort their members, keep the first of one name, and hold numbers as INT64 or FLOAT64", () => {
    expect(normalText('{"b":1,"a":{"d":1.50,"c":18446744073709551615},"b":2}')).toBe(
      '{"a":{"c":18446744073709551615,"d":1.5},"b":1}',
    );
    expect(normalText("[1e2, -0, 0.1e1]")).toBe("[100.0,0,1.0]");
  });

  it.each(["1.10", "100e-2", "12345678901234567890", "1e300", "0.1"])("hold %s to the last digit", (text) => {
    expect(() => exactText(text)).not.toThrow();
  });

  it.each(["1.00000000000000000001", "123456789012345678901", "0.1234567890123456789"])("cannot hold %s", (text) => {
    expect(() => exactText(`[${text}]`)).toThrow("cannot round-trip");
    expect(() => normalText(text)).not.toThrow();
  });

  it.each(["{a:1}", "[1,]", "'x'", "nul", '"\\x41"', "1 2", ""])("are not made of %j", (text) => {
    expect(() => normalText(text)).toThrow("Not JSON");
  });

  it("are changed at a path, and left alone where it does not fit", () => {
    const changed = (text: string, steps: readonly (string | number)[]): string =>
      printJson(changeJson(jsonOf(text), steps, () => ({ kind: "boolean", value: true })));
    expect(changed('{"a":1}', ["a"])).toBe('{"a":true}');
    expect(changed('{"a":{}}', ["a", "b", "c"])).toBe('{"a":{"b":{"c":true}}}');
    expect(changed("[1]", [2])).toBe("[1,null,true]");
    expect(changed('{"a":1}', ["a", "b"])).toBe('{"a":1}');
  });

  it("lose their nulls and name their keys", () => {
    const stripped = stripNulls(jsonOf('{"a":null,"b":[null,{}]}'), { arrays: true, removesEmpty: false });
    expect(stripped === undefined ? "" : printJson(stripped)).toBe('{"b":[{}]}');
    expect(jsonKeys(jsonOf('{"a":{"b":1},"c.d":2}'), 10)).toEqual(['"c.d"', "a", "a.b"]);
  });

  it("are written on several lines", () => {
    expect(indentJson(jsonOf('{"a":[],"b":[1,{"c":{}}]}'))).toBe(
      '{\n  "a": [],\n  "b": [\n    1,\n    {\n      "c": {}\n    }\n  ]\n}',
    );
  });
});
