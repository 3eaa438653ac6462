import { describe, expect, it } from "vitest";
import { compileLiteral, modelNamed, nativeSettings } from "../../test/literal-project.ts";

const files = {
  "project.yml": nativeSettings,
  "seeds/s.csv": "id\n1\n",
  "models/base.sql":
    "{{ config(materialized='table', tags=['daily'], meta={'owner': 'ann'}) }} select * from {{ source('raw', 'orders') }}",
  "models/off.sql": "{{ config(enabled=false) }} select 1 as id",
  "models/all.yml": `sources:
  - name: raw
    tables: [{ name: orders, description: what was bought }]
models:
  - name: base
    description: all orders
    columns: [{ name: id, description: its id, data_tests: [not_null] }]
groups:
  - name: money
    owner: { name: Bo }
exposures:
  - { name: page, type: dashboard, owner: { name: Bo }, depends_on: ["ref('base')"] }
`,
  "models/notes.md": "{% docs kept %}for long{% enddocs %}",
};

/** The text of a model that asks its context something. */
function asked(template: string): string {
  const compilation = compileLiteral({ ...files, "models/asks.sql": `select '${template}' as x` });
  const { text } = modelNamed(compilation, "asks").full.text;
  return text.slice("select '".length, -"' as x".length);
}

describe("graph, model and doc, as templates see them", () => {
  it.each([
    [
      "all that is switched on, by unique id",
      '{{ graph.nodes.keys() | sort | join(" ") }}',
      "model.shop.asks model.shop.base seed.shop.s test.shop.not_null_base_id.910041d42f",
    ],
    [
      "a model with its config",
      '{% set m = graph.nodes["model.shop.base"] %}{{ [m.config.materialized, m.tags[0], m.meta.owner, m.columns.id.description, m.description] | join(",") }}',
      "table,daily,ann,its id,all orders",
    ],
    ["what it reads", '{{ graph.nodes["model.shop.base"].depends_on.nodes[0] }}', "source.shop.raw.orders"],
    [
      "its place",
      '{% set m = graph.nodes.values() | selectattr("name", "equalto", "base") | first %}{{ m.schema }}.{{ m.alias }}',
      "main.base",
    ],
    [
      "what a test is attached to",
      '{{ (graph.nodes.values() | selectattr("resource_type", "equalto", "test") | first).attached_node }}',
      "model.shop.base",
    ],
    ["sources", '{{ graph.sources["source.shop.raw.orders"].description }}', "what was bought"],
    ["exposures", '{{ graph.exposures["exposure.shop.page"].depends_on.nodes | join }}', "model.shop.base"],
    ["groups", '{{ graph.groups["group.shop.money"].owner.name }}', "Bo"],
    [
      "the model itself",
      "{{ model.unique_id }} {{ model.config.materialized }} {{ model.depends_on.nodes | length }}",
      "model.shop.asks view 0",
    ],
    ["a docs block", '{{ doc("kept") }} {{ doc("shop", "kept") }}', "for long for long"],
  ])("have %s", (_, template, expected) => {
    expect(asked(template)).toBe(expected);
  });

  it("tell a docs block that is not there", () => {
    const { told } = compileLiteral({ ...files, "models/asks.sql": "select '{{ doc('keptt') }}' as x" });
    expect(told.join("\n")).toContain('There is no docs block "keptt". → Did you mean "kept"?');
  });
});
