import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Data } from "../../domain/data.ts";
import { spanText } from "../../domain/source-file.ts";
import { told } from "../../../test/literal-project.ts";
import { isFloat, parseYaml, yamlData, yamlEntry, type YamlNode } from "./parse-yaml.ts";

function parse(text: string): YamlNode {
  const parsed = parseYaml({ path: "p.yml", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  return parsed.value;
}

function faults(text: string): readonly string[] {
  const parsed = parseYaml({ path: "p.yml", text });
  return parsed.ok ? [] : parsed.diagnostics.map(told);
}

describe("the YAML of a file", () => {
  it("is plain data, read as dbt reads it", () => {
    expect(yamlData(parse("a: [1, yes, ~, '5', 1e3]\nb:\n  c: >\n    x\n    y\n"))).toEqual({
      a: [1, true, null, "5", "1e3"],
      b: { c: "x y\n" },
    });
  });

  it.each(["", "\n", "# only a comment\n"])("is an empty mapping where there is nothing: %j", (text) => {
    expect(yamlData(parse(text))).toEqual({});
  });

  it("knows the place of every key and value", () => {
    const root = parse("name: 'dau'\ncolumns:\n  - { name: cnt }\n");
    const name = yamlEntry(root, "name");
    const columns = yamlEntry(root, "columns");
    expect([name?.keySpan, name?.value.span].map((span) => span && spanText(span))).toEqual(["name", "'dau'"]);
    expect(columns && spanText(columns.value.span).trimEnd()).toBe("- { name: cnt }");
  });

  it("keeps the text of a scalar beside its value, and tells 1.0 from 1", () => {
    const root = parse("a: no\nb: 1.0\nc: 1\nd: 'no'\n");
    const scalars = ["a", "b", "c", "d"].map((key) => yamlEntry(root, key)?.value);
    expect(scalars.map((each) => each?.kind === "scalar" && [each.value, each.written, isFloat(each)])).toEqual([
      [false, "no", false],
      [1, "1.0", true],
      [1, "1", false],
      ["no", "no", false],
    ]);
  });

  it("has keys as they are written", () => {
    expect(yamlData(parse("on: 1\n010: 2\n~: 3\n"))).toEqual({ on: 1, "010": 2, "~": 3 });
  });

  it("takes names of JavaScript's own as keys like any other", () => {
    const data = yamlData(parse("constructor: 1\n__proto__: { a: 2 }\n"));
    expect(Object.entries(data ?? {})).toEqual([
      ["constructor", 1],
      ["__proto__", { a: 2 }],
    ]);
  });

  it("honours explicit tags of text and numbers", () => {
    expect(yamlData(parse("a: !!str 5\nb: !!int '7'\n"))).toEqual({ a: "5", b: 7 });
  });

  it("resolves aliases and merges mappings, its own keys first", () => {
    expect(yamlData(parse("x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }\nz: [*x]\n"))).toEqual({
      x: { a: 1, b: 2 },
      y: { a: 1, b: 3 },
      z: [{ a: 1, b: 2 }],
    });
  });

  it("gives back any plain data that was written as YAML", () => {
    const text = fc.string({ unit: "grapheme" });
    const { tree } = fc.letrec<{ tree: Data; leaf: Data }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        tie("leaf"),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(text, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
      ),
      leaf: fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    }));
    fc.assert(
      fc.property(tree, (data) => {
        const written = stringify({ data }, { version: "1.1", defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
        expect(yamlData(parse(written))).toEqual({ data });
      }),
    );
  });
});

describe("YAML with a fault", () => {
  it.each([
    [
      "a: [1\n",
      "error yaml-syntax p.yml:2:1 «» Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
    ["a:\n\t- b\n", "error yaml-syntax p.yml:2:1 «\t» Tabs are not allowed as indentation."],
    ["a: b: c\n", "error yaml-syntax p.yml:1:4 «b» Nested mappings are not allowed in compact mappings."],
    ["a: 1\nb: 2\na: 3\n", "error yaml-syntax p.yml:3:1 «a» This key is in the mapping already."],
    [
      "a: 1\n---\nb: 2\n",
      'error yaml-syntax p.yml:2:1 «---\nb: 2\n» A file holds one YAML document. → Take the second "---" away.',
    ],
    ["a: *nope\n", 'error yaml-anchor p.yml:1:4 «*nope» There is no anchor "nope" before this alias.'],
    ["a: &a [*a]\n", 'error yaml-anchor p.yml:1:8 «*a» The alias "a" stands within its own anchor.'],
    ["? [a]\n: b\n", "error yaml-key p.yml:1:3 «[a]» A key of a mapping has to be plain text."],
    ["a: { <<: 5 }\n", 'error yaml-merge p.yml:1:10 «5» Only mappings can be merged by "<<".'],
  ])("%j is told with its place", (text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });

  it("is told at every place", () => {
    expect(faults("a: *x\nb: *y\n")).toEqual([
      'error yaml-anchor p.yml:1:4 «*x» There is no anchor "x" before this alias.',
      'error yaml-anchor p.yml:2:4 «*y» There is no anchor "y" before this alias.',
    ]);
  });

  it("is told where values are nested without end", () => {
    const deep = `a: ${"[".repeat(99)}${"]".repeat(99)}`;
    expect(faults(deep)).toEqual([]);
    expect(faults(`a: ${"[".repeat(101)}${"]".repeat(101)}`)[0]).toContain("This value is nested too deeply.");
  });

  it("is told where aliases unfold without end", () => {
    const lines = Array.from({ length: 12 }, (_, i) => {
      const above = i === 0 ? "x" : `*a${i - 1}`;
      return `a${i}: &a${i} [${Array(10).fill(above).join(", ")}]`;
    });
    expect(faults(lines.join("\n"))).toEqual([
      "error yaml-size p.yml:1:1 «» The aliases of this file unfold into too many values.",
    ]);
  });
});
