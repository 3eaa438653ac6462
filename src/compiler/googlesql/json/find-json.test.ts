import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJson } from "./find-json.ts";
import type { JsonStep } from "./json-path.ts";
import { printJson } from "./json-text.ts";

function found(text: string, ...steps: readonly JsonStep[]): string | undefined {
  const node = findJson(text, steps);
  return node === undefined ? undefined : printJson(node);
}

describe("findJson", () => {
  it.each([
    ['{"a":{"b":[1,{"c":"x"}]}}', ["a", "b", 1, "c"], '"x"'],
    ['{"a":1,"a":2}', ["a"], "1"],
    ["{'a':'it\\'s'}", ["a"], '"it\'s"'],
    ['{"a":1,}', ["a"], "1"],
    ["[1,,2]", [], "[1,null,2]"],
    ['{"a":1} and more', ["a"], "1"],
    ['{"a":[1,2', ["a", 0], "1"],
    [String.raw`["\x41\101\u00e9\v"]`, [0], String.raw`"AAé\u000b"`],
    [String.raw`["\ud83d\ude00"]`, [0], '"\ufffd\ufffd"'],
    ['{"a":1}', ["b"], undefined],
    ['{"a":1}', [0], undefined],
    ['{"a":1.}', ["a"], undefined],
    ['{"a":01}', ["a"], "0"],
    ["{a:1}", ["a"], undefined],
    ["[1,2", [], undefined],
    ["", [], undefined],
  ] as const)("reads %j at %j", (text, steps, expected) => {
    expect(found(text, ...steps)).toBe(expected);
  });

  it("finds in every strict JSON what JavaScript finds, numbers as written", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        expect(found(text)).toBe(text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029"));
      }),
    );
  });
});
