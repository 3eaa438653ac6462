import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { parseYaml } from "./parse-yaml.ts";
import {
  anyMapping,
  listOf,
  mapOf,
  mapping,
  mappingEntries,
  oneOf,
  placed,
  positiveInteger,
  type Shape,
  strictListOf,
  text,
  truth,
} from "./yaml-shape.ts";

interface Read<T> {
  readonly value: T | undefined;
  readonly told: readonly string[];
}

function read<T>(shape: Shape<T>, yaml: string): Read<T> {
  const parsed = parseYaml({ path: "p.yml", text: yaml });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const diagnostics: Diagnostic[] = [];
  const value = shape(parsed.value, (each) => diagnostics.push(each));
  return { value, told: diagnostics.map(told) };
}

describe("shapes of YAML values", () => {
  it("take text as it is written, whatever it would be by itself", () => {
    expect(["dau", "1.0", "no", "010", "'x y'"].map((yaml) => read(text, yaml).value)).toEqual([
      "dau",
      "1.0",
      "no",
      "010",
      "x y",
    ]);
  });

  it.each([
    [text, "[a]", "Expected text, found a list."],
    [text, "~", "Expected text, found nothing."],
    [truth, "'yes'", 'Expected true or false, found "yes".'],
    [truth, "0x1F", "Expected true or false, found 0x1F."],
    [positiveInteger, "0", "Expected a whole number of at least 1, found 0."],
    [positiveInteger, "1.5", "Expected a whole number of at least 1, found 1.5."],
    [anyMapping, "[a]", "Expected a mapping, found a list."],
    [mappingEntries, "5", "Expected a mapping, found 5."],
    [mapOf(truth), "text", 'Expected a mapping, found "text".'],
    [listOf(text), "{ a: 1 }", "Expected text, found a mapping."],
    [strictListOf(text), "a", 'Expected a list, found "a".'],
    [strictListOf(text), "{ a: 1 }", "Expected a list, found a mapping."],
  ] as readonly (readonly [Shape<unknown>, string, string])[])("refuse %j: %s", (shape, yaml, message) => {
    const { value, told: all } = read(shape, yaml);
    expect(value === undefined || (Array.isArray(value) && value.length === 0)).toBe(true);
    expect(all).toEqual([expect.stringMatching(/^error yaml-type p\.yml:1:1 «/u)]);
    expect(all[0]?.endsWith(message)).toBe(true);
  });

  it("take one of some words, and guess at what was meant", () => {
    const dialect = oneOf("bigquery", "duckdb");
    expect(read(dialect, "duckdb")).toEqual({ value: "duckdb", told: [] });
    expect(read(dialect, "duckbd").told).toEqual([
      'error yaml-type p.yml:1:1 «duckbd» Expected one of "bigquery", "duckdb", found "duckbd". → Did you mean "duckdb"?',
    ]);
    expect(read(dialect, "[]").told).toEqual([
      'error yaml-type p.yml:1:1 «[]» Expected one of "bigquery", "duckdb", found a list.',
    ]);
  });

  it("take a single value for a list of one and nothing for an empty list", () => {
    expect(read(listOf(text), "a").value).toEqual(["a"]);
    expect(read(listOf(text), "~").value).toEqual([]);
    expect(read(strictListOf(text), "~").value).toEqual([]);
  });

  it("leave out what is wrong in a list or mapping, and tell each", () => {
    expect(read(listOf(truth), "[true, 1, 2, false]")).toEqual({
      value: [true, false],
      told: [
        "error yaml-type p.yml:1:8 «1» Expected true or false, found 1.",
        "error yaml-type p.yml:1:11 «2» Expected true or false, found 2.",
      ],
    });
    expect(read(mapOf(truth), "{ a: true, b: x }").value).toEqual({ a: true });
  });

  it("say nothing more of a value whose template has failed", () => {
    const diagnostics: Diagnostic[] = [];
    const span = { file: { path: "p.yml", text: "" }, start: 0, end: 0 };
    const node = { kind: "scalar", span, value: null, written: "", isBroken: true } as const;
    expect(positiveInteger(node, (each) => diagnostics.push(each))).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });
});

describe("a mapping of known keys", () => {
  const table = mapping(
    { name: placed(text), identifier: text },
    { what: "a source table", needs: ["name"], ignored: ["loader"], unsupported: ["freshness"] },
  );

  it("has its fields, and undefined for what is not there", () => {
    expect(read(table, "name: pulls\n").value?.value).toMatchObject({ name: { value: "pulls" } });
    expect(read(table, "name: pulls\n").value?.value.identifier).toBeUndefined();
  });

  it.each([
    ["[a]", ["error yaml-type p.yml:1:1 «[a]» Expected a source table, found a list."]],
    [
      "name: a\nidentifer: b\n",
      [
        'error unknown-key p.yml:2:1 «identifer» There is no key "identifer" in a source table. → Did you mean "identifier"?',
      ],
    ],
    [
      "name: a\ncolour: b\n",
      [
        'error unknown-key p.yml:2:1 «colour» There is no key "colour" in a source table. → Known keys are "name", "identifier".',
      ],
    ],
    ["identifier: b\n", ['error missing-key p.yml:1:1 «identifier» A source table needs the key "name".']],
    [
      "name: a\nfreshness: {}\n",
      ['warning unsupported-key p.yml:2:1 «freshness» tsdbt does not honour "freshness" yet; it is passed over.'],
    ],
    ["name: a\nloader: x\n", []],
  ])("tells what is wrong with %j", (yaml, expected) => {
    expect(read(table, yaml).told).toEqual(expected);
  });

  it("does not call a key missing that is there with a slip of the pen, or with a value of the wrong kind", () => {
    expect(read(table, "nam: a\n").told).toEqual([
      'error unknown-key p.yml:1:1 «nam» There is no key "nam" in a source table. → Did you mean "name"?',
    ]);
    expect(read(table, "name: [a]\n").told).toEqual(["error yaml-type p.yml:1:7 «[a]» Expected text, found a list."]);
  });

  it("takes no key for known that JavaScript's objects have by themselves", () => {
    expect(read(table, "name: a\nconstructor: 1\ntoString: 2\n").told).toHaveLength(2);
  });

  it("lets an open mapping have keys of the author's own, but not a slip of the pen", () => {
    const config = mapping({ meta: anyMapping }, { what: "the config of a column", isOpen: true });
    expect(read(config, "owner: me\n").told).toEqual([]);
    expect(read(config, "mta: {}\n").told).toEqual([
      'error unknown-key p.yml:1:1 «mta» There is no key "mta" in the config of a column. → Did you mean "meta"?',
    ]);
  });
});
