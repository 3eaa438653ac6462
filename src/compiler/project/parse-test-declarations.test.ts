import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { spanText } from "../../domain/source-file.ts";
import { parseTestDeclarations, type TestDeclaration } from "./parse-test-declarations.ts";
import { parseYaml, yamlData } from "./parse-yaml.ts";

function parse(text: string): { readonly tests: readonly TestDeclaration[]; readonly told: readonly string[] } {
  const parsed = parseYaml({ path: "p.yml", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const diagnostics: Diagnostic[] = [];
  const tests = parseTestDeclarations([parsed.value], undefined, (each) => diagnostics.push(each));
  return { tests, told: diagnostics.map(told) };
}

/** A declaration without its places. */
function plain({ test, name, description, arguments: given, config }: TestDeclaration): object {
  return {
    test,
    name: name?.value,
    description,
    arguments: given.map(({ key, value }) => [key, yamlData(value)]),
    config: config.map(({ key, value }) => [key, yamlData(value)]),
  };
}

const none = { name: undefined, description: "", arguments: [], config: [] };

describe("declared tests", () => {
  it.each<[string, object]>([
    ["- unique", { ...none, test: "unique" }],
    ["- unique:", { ...none, test: "unique" }],
    ["- dbt_utils.at_least_one", { ...none, test: "dbt_utils.at_least_one" }],
    [
      "- accepted_values: { arguments: { values: [a], quote: false } }",
      {
        ...none,
        test: "accepted_values",
        arguments: [
          ["values", ["a"]],
          ["quote", false],
        ],
      },
    ],
    [
      "- accepted_values: { values: [a], config: { severity: warn } }",
      { ...none, test: "accepted_values", arguments: [["values", ["a"]]], config: [["severity", "warn"]] },
    ],
    [
      "- unique: { name: mine, description: Mine., where: a > 1, tags: [x], severity: warn }",
      {
        ...none,
        test: "unique",
        name: "mine",
        description: "Mine.",
        config: [
          ["where", "a > 1"],
          ["tags", ["x"]],
          ["severity", "warn"],
        ],
      },
    ],
    [
      "- { test_name: unique, name: mine, column_name: id, config: { limit: 5 } }",
      { ...none, test: "unique", name: "mine", arguments: [["column_name", "id"]], config: [["limit", 5]] },
    ],
  ])("are read from %s", (text, expected) => {
    const { tests, told: all } = parse(text);
    expect(all).toEqual([]);
    expect(tests.map(plain)).toEqual([expected]);
  });

  it("know the place of their name", () => {
    const { tests } = parse("- unique\n- not_null: {}\n- test_name: third\n");
    expect(tests.map(({ span }) => spanText(span))).toEqual(["unique", "not_null", "third"]);
  });

  it("come from both keys, and from none", () => {
    const lists = ["[unique]", "[not_null]", "~"].map((text) => parseYaml({ path: "p.yml", text }));
    const nodes = [...lists.map((list) => (list.ok ? list.value : undefined)), undefined];
    expect(parseTestDeclarations(nodes, undefined, () => undefined).map(({ test }) => test)).toEqual([
      "unique",
      "not_null",
    ]);
  });

  const shape =
    'A test is its name, or a mapping from its name to its arguments. → Write "- unique", or "- accepted_values:" with its arguments indented below.';

  it.each([
    ["unique", 'error yaml-type p.yml:1:1 «unique» Expected a list of tests. → Begin each test with "- ".'],
    ["- [unique]", `error test-declaration p.yml:1:3 «[unique]» ${shape}`],
    ["- ~", `error test-declaration p.yml:1:3 «~» ${shape}`],
    ["- {}", `error test-declaration p.yml:1:3 «{}» ${shape}`],
    ["- { unique: {}, not_null: {} }", `error test-declaration p.yml:1:3 «{ unique: {}, not_null: {} }» ${shape}`],
    ["- unique: id", 'error yaml-type p.yml:1:11 «id» Expected a mapping, found "id".'],
    ["- unique: [id]", "error yaml-type p.yml:1:11 «[id]» Expected a mapping, found a list."],
    ["- unique: { arguments: [a] }", "error yaml-type p.yml:1:24 «[a]» Expected a mapping, found a list."],
    ["- unique: { config: warn }", 'error yaml-type p.yml:1:21 «warn» Expected a mapping, found "warn".'],
    ["- unique: { name: [a] }", "error yaml-type p.yml:1:19 «[a]» Expected text, found a list."],
    ["- unique: { description: {} }", "error yaml-type p.yml:1:26 «{}» Expected text, found a mapping."],
    ["- { test_name: [a] }", "error yaml-type p.yml:1:16 «[a]» Expected text, found a list."],
    [
      "- unique: { severity: warn, config: { severity: error } }",
      'error duplicate-config p.yml:1:39 «severity» The config "severity" is set twice. | It is set here too. p.yml:1:13 «severity»',
    ],
  ])("with a fault are told: %s", (text, expected) => {
    expect(parse(text).told).toEqual([expected]);
  });

  it("with a fault do not hide those beside them", () => {
    expect(parse("- [a]\n- unique\n").tests.map(({ test }) => test)).toEqual(["unique"]);
  });
});
