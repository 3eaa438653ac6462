import { describe, expect, it } from "vitest";
import { compileLiteral, literalSettings } from "../../test/literal-project.ts";

const model = { "models/a.sql": "select 1 as id" };

describe("the property files of a project", () => {
  it("are rendered, texts for people too, but for what is rendered where it is used", () => {
    const { project, told } = compileLiteral({
      ...model,
      "project.yml": `${literalSettings}vars: { owner: me }\n`,
      "models/p.yml": `models:
  - name: a
    description: "of {{ var('owner') }}"
    config: { alias: "{{ target.name }}_a", meta: { description: "{{ var('owner') }}", n: "{{ 1 + 1 }}" } }
    columns: [{ name: "{{ 'i' ~ 'd' }}", description: "{{ 1 + 1 }}" }]
`,
    });
    expect(told).toEqual([]);
    expect(project.models[0]).toMatchObject({
      description: "of me",
      relation: { identifier: "dev_a" },
      config: { meta: { description: "me", n: 2 } },
      properties: [{ name: "id", description: "2" }],
    });
  });

  it("are told where they describe what is not there, with a guess, and nothing stops", () => {
    const { told, project } = compileLiteral({
      ...model,
      "seeds/s.csv": "x\n1\n",
      "models/p.yml": "models: [{ name: aa }, { name: nonsense }]\nseeds: [{ name: a }]\n",
    });
    expect(told).toEqual([
      'warning misplaced-properties models/p.yml:2:17 «a» "a" is a model, and is described under "seeds". → Describe it under "models".',
      'warning unknown-resource models/p.yml:1:18 «aa» There is no model "aa" to describe.',
      'warning unknown-resource models/p.yml:1:32 «nonsense» There is no model "nonsense" to describe.',
    ]);
    expect(project.models).toHaveLength(1);
    const { told: guess } = compileLiteral({
      "models/orders.sql": "select 1",
      "models/p.yml": "models: [{ name: order }]\n",
    });
    expect(guess).toEqual([
      'warning unknown-resource models/p.yml:1:18 «order» There is no model "order" to describe. → Did you mean "orders"?',
    ]);
  });

  it("may describe each resource once", () => {
    const { told, project } = compileLiteral({
      ...model,
      "models/p.yml": "models: [{ name: a, description: first }]\n",
      "models/q.yml": "models: [{ name: a, description: second }]\n",
    });
    expect(told).toEqual([
      'error duplicate-properties models/q.yml:1:18 «a» The model "a" is described twice. | It is described here already. models/p.yml:1:18 «a»',
    ]);
    expect(project.models[0]?.description).toBe("first");
  });

  it("may describe a model and a seed that is switched off, or has a fault, without a word", () => {
    const { told } = compileLiteral({
      "models/off.sql": "{{ config(enabled=false) }}",
      "models/bad.sql": "select {{ 1 + }}",
      "seeds/bad_seed.csv": 'x\n"',
      "models/p.yml": "models: [{ name: off }, { name: bad }]\nseeds: [{ name: bad_seed }]\n",
    });
    expect(told.filter((line) => line.includes("unknown-resource"))).toEqual([]);
    expect(told).toHaveLength(2);
  });
});

describe("config that applies to nothing", () => {
  it("is told for each type of resource", () => {
    const { told } = compileLiteral({
      ...model,
      "project.yml": `${literalSettings}models: { shp: { +enabled: true } }\nseeds: { shop: { +tags: [a] } }\nsources: { shop: { raw: { +tags: [a] } } }\n`,
      "sources.yml": "sources: [{ name: raw, tables: [{ name: t }] }]\n",
    });
    expect(told).toEqual([
      'warning unused-config project.yml:4:11 «shp» The config path "shp" applies to no resource. → Did you mean "shop"?',
      'warning unused-config project.yml:5:10 «shop» The config path "shop" applies to no resource. → A config whose value is a mapping needs a "+" before its key.',
    ]);
  });

  it("is not told while a property file cannot be read", () => {
    const { told } = compileLiteral({
      ...model,
      "project.yml": `${literalSettings}sources: { shop: { raw: { +tags: [a] } } }\n`,
      "sources.yml": "sources: [\n",
    });
    expect(told).toHaveLength(1);
  });
});
