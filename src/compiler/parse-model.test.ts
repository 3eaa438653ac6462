import { describe, expect, it } from "vitest";
import { compileLiteral, literalSettings, modelNamed } from "../../test/literal-project.ts";

const sound = { "models/a.sql": "select 1 as id", "models/b.sql": "select 2 as id" };

describe("the config of a model", () => {
  it("comes from the project file, then the property file, then the model itself", () => {
    const model = modelNamed(
      compileLiteral({
        "project.yml": `${literalSettings}models:
  +materialized: table
  +tags: all
  +meta: { a: 1, b: 1, c: 1 }
  shop:
    marts:
      +schema: marts
      +tags: [marts]
`,
        "models/marts/m.yml":
          "models: [{ name: m, description: M., config: { alias: mm, materialized: view, meta: { b: 2, c: 2 }, tags: p } }]\n",
        "models/marts/m.sql":
          "{{ config(meta={'c': 3}, tags=['own', 'all']) }}\n{{ config(materialized='ephemeral') }}select 1",
      }),
      "m",
    );
    expect(model).toMatchObject({
      uniqueId: "model.shop.m",
      fqn: ["shop", "marts", "m"],
      path: "models/marts/m.sql",
      patchPath: "models/marts/m.yml",
      description: "M.",
      materialization: { kind: "ephemeral" },
      relation: { database: "shop", schema: "main_marts", identifier: "mm" },
      tags: ["all", "marts", "p", "own"],
      config: { meta: { a: 1, b: 2, c: 3 } },
    });
  });

  it.each([
    [
      "{{ config(materialised='table') }}select 1",
      'warning unknown-config models/m.sql:1:4 «config(materialised=\'table\')» The config "materialised" means nothing to tsdbt. → Did you mean "materialized"?',
    ],
    [
      "{{ config(materialized='tabel') }}select 1",
      'error config-value models/m.sql:1:4 «config(materialized=\'tabel\')» The config "materialized" cannot be "tabel". → Did you mean "table"?',
    ],
    [
      "{{ config(post_hook='x') }}select 1",
      'error unsupported-config models/m.sql:1:4 «config(post_hook=\'x\')» tsdbt does not translate the config "post-hook" from GoogleSQL yet. → It can be had in a project, or a model, with "dialect: duckdb".',
    ],
    [
      "{{ config(enabled='yes') }}select 1",
      'error config-value models/m.sql:1:4 «config(enabled=\'yes\')» The config "enabled" is true or false, found "yes".',
    ],
    ["{{ nope }}", 'error undefined-name models/m.sql:1:4 «nope» There is no variable "nope".'],
    ["select {{ 1 + }}", 'error template-syntax models/m.sql:1:15 «}}» Expected an expression, found "}}".'],
  ])("with a fault is told: %s", (text, expected) => {
    expect(compileLiteral({ "models/m.sql": text }).told).toEqual([expected]);
  });

  it("is told once for all models that a mistake in the project file applies to", () => {
    const files = { ...sound, "project.yml": `${literalSettings}models:\n  +materialized: tabel\n  +tags: [1]\n` };
    expect(compileLiteral(files).told).toEqual([
      'error config-value project.yml:5:3 «+materialized» The config "materialized" cannot be "tabel". → Did you mean "table"?',
      'error config-value project.yml:6:3 «+tags» The config "tags" is a text or a list of texts, found [1].',
    ]);
  });
});

describe("a model that is switched off", () => {
  it("is left out, whatever is wrong with it", () => {
    const { project, told } = compileLiteral({
      ...sound,
      "models/off.sql": "{{ config(enabled=false, materialized='nonsense') }}{{ nope }}",
    });
    expect(told).toEqual([]);
    expect(project.models.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(project.disabled).toEqual(["model.shop.off"]);
  });

  it.each([
    [
      "the project file",
      { "project.yml": `${literalSettings}models: { shop: { m: { +enabled: "{{ target.name != 'dev' }}" } } }\n` },
    ],
    ["a property file", { "models/p.yml": "models: [{ name: m, config: { enabled: no } }]\n" }],
  ])("may be so by %s", (_, files) => {
    const { project, told } = compileLiteral({ ...files, "models/m.sql": "select {{ nope }}" });
    expect([told, project.disabled]).toEqual([[], ["model.shop.m"]]);
  });

  it("is told to who reads it", () => {
    const { told } = compileLiteral({
      "models/off.sql": "{{ config(enabled=false) }}",
      "models/m.sql": "select * from {{ ref('off') }}",
    });
    expect(told).toEqual([
      "error disabled-ref models/m.sql:1:18 «ref('off')» The model \"off\" is disabled. | It is here. models/off.sql:1:1 «»",
    ]);
  });
});

describe("what a model reads", () => {
  it("is what both run modes mention, where it has both", () => {
    const text = "select * from {{ ref('a') }} {% if is_incremental() %} join {{ ref('b') }} {% endif %}";
    const both = modelNamed(
      compileLiteral({ ...sound, "models/m.sql": `{{ config(materialized='incremental') }}${text}` }),
      "m",
    );
    expect(both.dependsOn).toEqual(["model.shop.a", "model.shop.b"]);
    expect(both.incremental?.text.text).toContain("join");
    const one = modelNamed(compileLiteral({ ...sound, "models/m.sql": text }), "m");
    expect([one.dependsOn, one.incremental]).toEqual([["model.shop.a"], undefined]);
  });

  it("may depend on its own config and name", () => {
    const model = modelNamed(
      compileLiteral({
        ...sound,
        "models/m.sql":
          "{{ config(materialized='table', alias='x') }}select * from {{ ref('a' if config.get('materialized') == 'table' and this.identifier == 'x' else 'nope') }}",
      }),
      "m",
    );
    expect(model.dependsOn).toEqual(["model.shop.a"]);
  });

  it("may stand in a comment, for what comes to light too late", () => {
    const late = "select 1 {% if ref('a').identifier == 'a' %}, {{ ref('b') }}{% endif %}";
    const files = { ...sound, "models/m.sql": late };
    expect(compileLiteral(files).told).toEqual([
      "error hidden-reference models/m.sql:1:50 «ref('b')» This reference comes to light too late to order the models by it. → Mention it at the top of the model: -- depends_on: {{ ref('b') }}",
    ]);
    const mentioned = compileLiteral({ ...files, "models/m.sql": `-- depends_on: {{ ref('b') }}\n${late}` });
    expect(modelNamed(mentioned, "m").dependsOn).toEqual(["model.shop.b", "model.shop.a"]);
  });
});
