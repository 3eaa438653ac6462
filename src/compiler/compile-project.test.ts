import { describe, expect, it } from "vitest";
import { compileLiteral, literalSettings } from "../../test/literal-project.ts";
import { error, failed } from "../domain/diagnostic.ts";

/** What was told, without what the author wrote and the hints. */
function heads(told: readonly string[]): readonly string[] {
  return told.map((line) => line.split(" «")[0] ?? line);
}

describe("faults in several files", () => {
  it("are all told at once", () => {
    const { told } = compileLiteral({
      "project.yml": `${literalSettings}models: { shop: { +materialized: nonsense } }\n`,
      "sources.yml": "sources: [{ name: raw, tabels: [] }]\n",
      "macros/bad.sql": "{% macro a( %}",
      "models/syntax.sql": "select {{",
      "models/name.sql": "select {{ nope }}",
      "models/ref.sql": "{{ config(materialized='view') }}select * from {{ ref('refs') }}",
      "models/empty.sql": "{{ config(materialized='view') }}",
      "models/p.yml": "models: [{ name: ref, columns: [{ name: id, data_tests: [uniqe] }] }]\n",
      "seeds/s.csv": "a,b\n1\n",
    });
    expect([...heads(told)].sort()).toEqual([
      "error config-value project.yml:4:19",
      "error csv-syntax seeds/s.csv:2:1",
      "error empty-query models/empty.sql:1:1",
      "error template-syntax macros/bad.sql:1:13",
      "error template-syntax models/syntax.sql:1:8",
      "error undefined-name models/name.sql:1:11",
      "error unknown-key sources.yml:1:24",
      "error unknown-ref models/ref.sql:1:51",
      "error unknown-test models/p.yml:1:58",
    ]);
  });

  it("are told once each, however many resources they meet", () => {
    const { told } = compileLiteral({
      "macros/m.sql": "{% macro bad() %}{{ nope }}{% endmacro %}",
      "models/a.sql": "select {{ bad() }}",
      "models/b.sql": "select {{ bad() }}",
    });
    expect(heads(told)).toEqual([expect.stringMatching(/^error \S+ macros\/m\.sql:1:21$/u)]);
  });
});

describe("what follows from a fault", () => {
  const reader = {
    "models/reader.sql": "select * from {{ ref('bad') }}",
    "models/below.sql": "select * from {{ ref('reader') }}",
  };
  const tested = { "models/p.yml": "models: [{ name: reader, columns: [{ name: id, data_tests: [unique] }] }]\n" };

  it.each<[string, Readonly<Record<string, string>>]>([
    ["a model that cannot be parsed", { "models/bad.sql": "select {{" }],
    ["a model that cannot be evaluated", { "models/bad.sql": "select {{ nope }}" }],
    ["a model whose config is refused", { "models/bad.sql": "{{ config(materialized='x') }}select 1" }],
    ["a model without a query", { "models/bad.sql": "" }],
    ["a model that reads what is not there", { "models/bad.sql": "select * from {{ ref('nope') }}" }],
    ["a model that reads itself", { "models/bad.sql": "select * from {{ ref('bad') }}" }],
    ["a seed that cannot be read", { "seeds/bad.csv": "a\n1,2\n" }],
    [
      "a seed whose config is refused",
      { "seeds/bad.csv": "a\n1\n", "seeds/s.yml": "seeds: [{ name: bad, config: { alias: [x] } }]\n" },
    ],
  ])("is not told: %s", (_, files) => {
    const { told, project } = compileLiteral({ ...reader, ...tested, ...files });
    expect(told).toHaveLength(1);
    expect([project.models, project.tests]).toEqual([[], []]);
  });

  it("is not told for sources of a property file that cannot be read", () => {
    const { told, project } = compileLiteral({
      "sources.yml": "sources: [\n",
      "models/a.sql": "select * from {{ source('raw', 't') }}",
      "models/b.sql": "select 1 as id",
      "models/p.yml":
        "models: [{ name: b, columns: [{ name: id, data_tests: [{ relationships: { to: \"source('raw', 't')\", field: id } }] }] }]\n",
    });
    expect(heads(told)).toEqual(["error yaml-syntax sources.yml:2:1"]);
    expect(project.models.map(({ name }) => name)).toEqual(["b"]);
    expect(project.tests).toEqual([]);
  });

  it("is not told for macros and tests of a file that cannot be parsed", () => {
    const { told, project } = compileLiteral({
      "macros/bad.sql": "{% macro lost(x) %}{{ x }{% endmacro %}{% test lost_test(model) %}{% endtest %}",
      "macros/good.sql": "{% macro good() %}{{ lost(1).attribute }}{% endmacro %}",
      "models/a.sql": "select {{ lost(1) + 1 }}",
      "models/b.sql": "select {{ good() }}",
      "models/c.sql": "select 1 as id",
      "models/p.yml": "models: [{ name: c, data_tests: [lost_test] }]\n",
    });
    expect(heads(told)).toEqual([expect.stringMatching(/^error \S+ macros\/bad\.sql:1:/u)]);
    expect(project.models.map(({ name }) => name)).toEqual(["c"]);
  });

  it("leaves everything else compiled", () => {
    const { project } = compileLiteral({
      ...reader,
      "models/bad.sql": "{{",
      "models/good.sql": "select 1",
      "seeds/s.csv": "a\n",
    });
    expect([project.models.map(({ name }) => name), project.seeds.map(({ name }) => name)]).toEqual([["good"], ["s"]]);
  });
});

describe("a translator that refuses", () => {
  it("is heard for every model that can be asked for, and for none that reads a refused one", () => {
    const { told, project } = compileLiteral(
      {
        "models/a.sql": "select bad",
        "models/b.sql": "select * from {{ ref('a') }}",
        "models/c.sql": "select bad, worse",
        "models/native.sql": "{{ config(dialect='duckdb') }}select bad",
      },
      { translate: (query) => failed(...query.text.split(",").map((part) => error("no", `No: ${part.trim()}.`))) },
    );
    expect(told).toEqual(["error no nowhere No: select bad.", "error no nowhere No: worse."]);
    expect(project.models.map(({ name }) => name)).toEqual(["native"]);
  });
});

describe("names that meet", () => {
  it("are told for models and seeds, for relations, and for what ingest fills", () => {
    const ingest =
      "ingest: { from: a, to: b, id: x, event_time: y, file: z }, columns: [{ name: x }, { name: y }, { name: z }]";
    const { told } = compileLiteral({
      "models/one/a.sql": "select 1",
      "models/two/a.sql": "select 2",
      "models/b.sql": "{{ config(alias='A') }}select 1",
      "models/c.sql": "{{ config(materialized='ephemeral', alias='a') }}select 1",
      "models/off/a.sql": "{{ config(enabled=false) }}select 3",
      "models/pulls.sql": "select 1",
      "seeds/s.csv": "x\n1\n",
      "models/s.sql": "select 1",
      "sources.yml": `sources: [{ name: raw, schema: main, tables: [{ name: pulls, ${ingest} }] }]\n`,
    });
    expect(told).toEqual([
      'error duplicate-name models/two/a.sql:1:1 «» There are two resources named "a"; this model needs a name of its own. | The other model is here. models/one/a.sql:1:1 «»',
      'error duplicate-name seeds/s.csv:1:1 «» There are two resources named "s"; this seed needs a name of its own. | The other model is here. models/s.sql:1:1 «»',
      'error duplicate-name models/b.sql:1:1 «» The model "b" would write shop.main.A, which the model "a" writes too. | The other model is here. models/one/a.sql:1:1 «»',
      'error duplicate-name sources.yml:1:55 «pulls» The ingested table "raw.pulls" would write shop.main.pulls, which the model "pulls" writes too. | The other model is here. models/pulls.sql:1:1 «»',
    ]);
  });
});

describe("a project of nothing", () => {
  it("compiles", () => {
    const { told, project } = compileLiteral({});
    expect(told).toEqual([]);
    expect(project).toMatchObject({ sources: [], seeds: [], models: [], tests: [], macros: [], disabled: [] });
  });
});

describe("what is switched off", () => {
  it("is known by its id", () => {
    const { project, told } = compileLiteral({
      "models/m.sql": "{{ config(enabled=false) }}",
      "models/n.sql": "select 1 as id",
      "seeds/s.csv": "x\n1\n",
      "project.yml": `${literalSettings}seeds: { +enabled: no }\n`,
      "sources.yml": "sources: [{ name: raw, tables: [{ name: t, config: { enabled: no }, data_tests: [any] }] }]\n",
      "models/p.yml":
        "models: [{ name: n, columns: [{ name: id, data_tests: [{ unique: { config: { enabled: no } } }] }] }]\n",
    });
    expect(told).toEqual([]);
    expect(project.disabled).toEqual([
      "model.shop.m",
      "seed.shop.s",
      "source.shop.raw.t",
      expect.stringMatching(/^test\.shop\.source_any_raw_t_\./u),
      "test.shop.unique_n_id.7ed99df871",
    ]);
  });
});
