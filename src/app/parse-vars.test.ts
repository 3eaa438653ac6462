import { describe, expect, it } from "vitest";
import { parseVars } from "./parse-vars.ts";

describe("the value of --vars", () => {
  it.each([
    ["{a: 1, b: x}", { a: 1, b: "x" }],
    ['{"a": [1, {"b": null}], "c": "2022-10-31"}', { a: [1, { b: null }], c: "2022-10-31" }],
    ["a: yes\nb: 'true'", { a: true, b: "true" }],
    ["{}", {}],
    ["", {}],
    ["it's: 😀", { "it's": "😀" }],
  ])("is a mapping in YAML or JSON, types kept: %s", (text, value) => {
    expect(parseVars(text)).toEqual({ ok: true, value });
  });

  it.each(["a", "[a, b]", "3", "null"])("is a mapping and not %j", (text) => {
    expect(parseVars(text)).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: "vars",
          message: "The value of --vars is one mapping from names to values.",
          span: { file: { path: "--vars", text }, start: 0, end: text.length },
          hint: "Write --vars '{name: value}'.",
        },
      ],
    });
  });

  it.each(["{a: 1", "a: b: c", "{a: 1}}"])("has its place told where it is no YAML: %s", (text) => {
    const parsed = parseVars(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.diagnostics[0]?.span?.file).toEqual({ path: "--vars", text });
  });
});
