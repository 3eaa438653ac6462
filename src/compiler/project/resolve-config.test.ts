import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Data } from "../../domain/data.ts";
import { spanText } from "../../domain/source-file.ts";
import type { ConfigEntry } from "./config-entry.ts";
import { parseYaml, type YamlNode } from "./parse-yaml.ts";
import { configMapping, configTexts, mergeConfig, projectConfig, unusedConfigPaths } from "./resolve-config.ts";

const file = { path: "project.yml", text: "" };

function layer(values: Readonly<Record<string, Data>>): readonly ConfigEntry[] {
  return Object.entries(values).map(([key, value]) => ({ key, value, span: { file, start: 0, end: 0 } }));
}

function block(text: string): YamlNode {
  const parsed = parseYaml({ path: "project.yml", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  return parsed.value;
}

describe("layers of config", () => {
  it.each<[string, Data, Data, Data]>([
    ["materialized", "view", "table", "table"],
    ["unique_key", ["a"], "b", "b"],
    ["persist_docs", { relation: true }, { columns: true }, { columns: true }],
    ["tags", "a", ["b", "a"], ["a", "b"]],
    ["pre-hook", "x", ["x"], ["x", "x"]],
    ["meta", { a: 1, b: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ["meta", null, { b: 2 }, { b: 2 }],
    ["column_types", { id: "INT64" }, { name: "STRING" }, { id: "INT64", name: "STRING" }],
    ["contract", { enforced: true }, { alias_types: false }, { enforced: true, alias_types: false }],
  ])("give %s: %j then %j is %j", (key, old, fresh, expected) => {
    expect(mergeConfig([layer({ [key]: old }), layer({ [key]: fresh })]).values).toEqual({ [key]: expected });
  });

  it("take two spellings of a key as one", () => {
    const layers = [layer({ dataset: "a", project: "p", pre_hook: "x" }), layer({ schema: "b", "pre-hook": "y" })];
    expect(mergeConfig(layers).values).toEqual({ schema: "b", database: "p", "pre-hook": ["x", "y"] });
  });

  it("know the place that set each key last", () => {
    const span = { file: { path: "m.sql", text: "config()" }, start: 0, end: 8 };
    const { spans } = mergeConfig([layer({ a: 1, b: 1 }), [{ key: "a", value: 2, span }]]);
    expect([spans["a"]?.file.path, spans["b"]?.file.path]).toEqual(["m.sql", "project.yml"]);
  });

  it("take names of JavaScript's own as keys like any other", () => {
    expect(Object.entries(mergeConfig([layer({ constructor: 1, toString: 2 })]).values)).toEqual([
      ["constructor", 1],
      ["toString", 2],
    ]);
  });
});

describe("the config that a project file gives", () => {
  const models = block(`
+tags: all
materialized: view
shop:
  +tags: [shop]
  staging:
    +materialized: table
    +meta: { owner: me }
    enabled: false
    orders: { +alias: o }
  "+ schema": spaced
other:
  +materialized: ephemeral
`);

  it("comes from the outermost folder to the resource itself, the inner ones stronger", () => {
    const { values } = mergeConfig([projectConfig(models, ["shop", "staging", "orders"])]);
    expect(values).toEqual({
      tags: ["all", "shop"],
      materialized: "table",
      schema: "spaced",
      meta: { owner: "me" },
      enabled: false,
      alias: "o",
    });
  });

  it("stops where no folder goes on", () => {
    expect(mergeConfig([projectConfig(models, ["shop", "marts", "orders"])]).values).toEqual({
      tags: ["all", "shop"],
      materialized: "view",
      schema: "spaced",
    });
  });

  it("is told at the keys", () => {
    const entries = projectConfig(models, ["shop"]);
    expect(entries.map(({ span }) => spanText(span))).toEqual(["+tags", "materialized", "+tags", '"+ schema"']);
  });

  it("is nothing where there is no block, or none worth the name", () => {
    expect(projectConfig(undefined, ["shop"])).toEqual([]);
    expect(projectConfig(block("- a\n"), ["shop"])).toEqual([]);
  });

  it("is told where it applies to nothing, with the nearest folder or a word on the plus sign", () => {
    const paths = block("shop:\n  stagin:\n    +enabled: true\n  staging: { +enabled: true }\nmeta: { a: 1 }\n");
    expect(unusedConfigPaths(paths, [["shop", "staging", "orders"]]).map(told)).toEqual([
      'warning unused-config project.yml:2:3 «stagin» The config path "stagin" applies to no resource. → Did you mean "staging"?',
      'warning unused-config project.yml:5:1 «meta» The config path "meta" applies to no resource. → A config whose value is a mapping needs a "+" before its key.',
    ]);
    expect(unusedConfigPaths(undefined, [])).toEqual([]);
  });
});

describe("config values", () => {
  it.each<[Data | undefined, readonly string[] | undefined]>([
    [undefined, []],
    [null, []],
    ["a", ["a"]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [5, undefined],
    [["a", 5], undefined],
    [{ a: "b" }, undefined],
  ])("%j is the list of texts %j", (value, expected) => {
    expect(configTexts(value)).toEqual(expected);
  });

  it("are an empty mapping where they are none", () => {
    expect(configMapping({ a: 1 })).toEqual({ a: 1 });
    expect([undefined, null, "a", ["a"]].map((value) => configMapping(value))).toEqual([{}, {}, {}, {}]);
  });
});
