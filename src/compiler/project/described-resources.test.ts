import { describe, expect, it } from "vitest";
import { compileLiteral, type LiteralCompilation, nativeSettings } from "../../../test/literal-project.ts";

function compile(files: Readonly<Record<string, string>>): LiteralCompilation {
  return compileLiteral({ "project.yml": nativeSettings, ...files });
}

describe("docs blocks", () => {
  const docs = "Not this.\n{% docs about %}\n\nIt *is*.\n{% enddocs %}\n";

  it("are texts for descriptions, of models, columns, tables", () => {
    const { project, told } = compile({
      "models/d.md": docs,
      "models/a.sql": "select 1 as id",
      "models/a.yml":
        "models: [{ name: a, description: \"See: {{ doc('about') }}\", columns: [{ name: id, description: \"{{ doc('shop', 'about') }}\" }] }]",
    });
    expect(told).toEqual([]);
    expect(project.docs).toMatchObject([{ uniqueId: "doc.shop.about", path: "models/d.md", text: "It *is*." }]);
    expect(project.models[0]).toMatchObject({
      description: "See: It *is*.",
      properties: [{ description: "It *is*." }],
    });
  });

  it.each([
    [
      "{% docs a %}",
      'error docs-block models/d.md:1:1 «{% docs a %}» The docs block "a" has no end. → Write {% enddocs %} after it.',
    ],
    ["{% docs a-b %}{% enddocs %}", 'A docs block is named by letters, digits and "_", found "a-b".'],
    ["{% docs a %}1{% enddocs %}{% docs a %}2{% enddocs %}", 'There are two docs blocks "a".'],
  ])("with a fault are told: %s", (text, message) => {
    const { told } = compile({ "models/d.md": text });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
  });

  it("are told where there is none of a name", () => {
    const { told } = compile({
      "models/d.md": docs,
      "models/a.sql": "select 1",
      "models/a.yml": "models: [{ name: a, description: \"{{ doc('abuot') }}\" }]",
    });
    expect(told).toEqual([
      `error unknown-doc models/a.yml:1:34 «"{{ doc('abuot') }}"» There is no docs block "abuot". → Did you mean "about"?`,
    ]);
  });
});

describe("exposures and analyses", () => {
  const files = {
    "models/a.sql": "select 1 as id",
    "analyses/look.sql": "select * from {{ ref('a') }}",
    "models/e.yml": `exposures:
  - name: board
    type: dashboard
    owner: { name: Ada }
    tags: [x]
    depends_on:
      - ref('a')
      - source('s', 't')
sources: [{ name: s, tables: [{ name: t }] }]
`,
  };

  it("read models and are never made", () => {
    const { project, told } = compile(files);
    expect(told).toEqual([]);
    expect(project.exposures).toMatchObject([
      {
        uniqueId: "exposure.shop.board",
        fqn: ["shop", "board"],
        dependsOn: ["source.shop.s.t", "model.shop.a"],
        tags: ["x"],
      },
    ]);
    expect(project.analyses).toMatchObject([
      {
        uniqueId: "analysis.shop.look",
        fqn: ["shop", "analysis", "look"],
        dependsOn: ["model.shop.a"],
        query: { text: { text: 'select * from "shop"."main"."a"' } },
      },
    ]);
  });

  it("are told what does not lead anywhere, at its place", () => {
    const { told } = compile({ ...files, "models/e.yml": files["models/e.yml"].replace("ref('a')", "ref('b')") });
    expect(told).toEqual([`error unknown-ref models/e.yml:7:9 «ref('b')» There is no model or seed "b".`]);
    const broken = compile({ ...files, "models/e.yml": files["models/e.yml"].replace("ref('a')", "ref('a'") });
    expect(broken.told).toHaveLength(1);
    expect(broken.told[0]).toContain("models/e.yml:7:9");
    expect(compile({ ...files, "analyses/look.sql": "{{ ref('b') }}" }).told).toHaveLength(1);
  });
});

describe("groups and access", () => {
  const files = {
    "models/g.yml": `groups: [{ name: g, owner: { name: Ada } }]
models: [{ name: hidden, access: private, group: g }]
`,
    "models/hidden.sql": "select 1 as id",
    "models/inside.sql": "{{ config(group='g') }} select * from {{ ref('hidden') }}",
  };

  it("let the group's own models read a private one", () => {
    const { project, told } = compile(files);
    expect(told).toEqual([]);
    expect(project.groups).toMatchObject([{ uniqueId: "group.shop.g", owner: { name: "Ada" } }]);
    expect(project.models[0]).toMatchObject({ access: "private", config: { group: "g" } });
  });

  it("tell whoever else reads it, a group that is not there, a private model of none", () => {
    const { told } = compile({
      ...files,
      "models/outside.sql": "select * from {{ ref('hidden') }}",
      "analyses/look.sql": "select * from {{ ref('hidden') }}",
      "models/lost.sql": "{{ config(group='h') }} select 1",
      "models/alone.sql": "{{ config(access='private') }} select 1",
    });
    expect(told.map((each) => each.replace(/ [|→].*/u, ""))).toEqual([
      `error unknown-group models/lost.sql:1:4 «config(group='h')» There is no group "h", which the model "lost" is of.`,
      `error private-model models/alone.sql:1:4 «config(access='private')» The model "alone" is private, but of no group.`,
      `error private-ref models/outside.sql:1:18 «ref('hidden')» "outside" refers to "hidden", which is private to the group "g".`,
      `error private-ref analyses/look.sql:1:18 «ref('hidden')» "look" refers to "hidden", which is private to the group "g".`,
    ]);
  });
});
