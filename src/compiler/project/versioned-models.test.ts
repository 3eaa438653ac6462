import { describe, expect, it } from "vitest";
import { compileLiteral, type LiteralCompilation, modelNamed, nativeSettings } from "../../../test/literal-project.ts";

const versions = `models:
  - name: m
    access: public
    columns: [{ name: id, data_tests: [unique] }, { name: label }]
    versions:
      - v: 1
      - v: 2
        columns: [{ include: all, exclude: [label] }, { name: more }]
      - v: 10
        defined_in: newest
        config: { alias: third }
`;

function compile(more: Readonly<Record<string, string>> = {}): LiteralCompilation {
  return compileLiteral({
    "project.yml": nativeSettings,
    "models/m.yml": versions,
    "models/in/m_v1.sql": "select 1 as id",
    "models/m.v2.sql": "select 2 as id",
    "models/newest.sql": "select 3 as id",
    "models/reader.sql": "select * from {{ ref('m') }} union all select * from {{ ref('m', v=1) }}",
    ...more,
  });
}

describe("a model with versions", () => {
  it("is several models, each with a name, a table and tests of its own", () => {
    const { project, told } = compile();
    expect(told).toEqual([]);
    const found = project.models.filter(({ name }) => name === "m");
    expect(found.map(({ uniqueId, fqn, relation }) => [uniqueId, fqn.join("."), relation.identifier])).toEqual([
      ["model.shop.m.v1", "shop.in.m.v1", "m_v1"],
      ["model.shop.m.v10", "shop.m.v10", "third"],
      ["model.shop.m.v2", "shop.m.v2", "m_v2"],
    ]);
    expect(found.map(({ properties }) => properties.map(({ name }) => name).join())).toEqual([
      "id,label",
      "id,label",
      "id,more",
    ]);
    expect(project.tests.map(({ name }) => name).sort()).toEqual([
      "unique_m_v10_id",
      "unique_m_v1_id",
      "unique_m_v2_id",
    ]);
  });

  it("is read by its latest version, or by the one that is named", () => {
    expect(modelNamed(compile(), "reader")).toMatchObject({
      dependsOn: ["model.shop.m.v10", "model.shop.m.v1"],
      full: { text: { text: 'select * from "shop"."main"."third" union all select * from "shop"."main"."m_v1"' } },
    });
    const older = versions.replace("access: public", "latest_version: 2");
    expect(modelNamed(compile({ "models/m.yml": older }), "reader").dependsOn[0]).toBe("model.shop.m.v2");
  });

  it.each([
    ["{{ ref('m', v=3) }}", 'There is no version 3 of the model "m". → It has the versions 1, 2, 10.'],
    ["{{ ref('plain', v=3) }}", 'There is no version 3 of the model "plain". → It has no versions.'],
    ["{{ ref('m', v=[1]) }}", "The version of a model is a number or text, found a list."],
  ])("tells %s", (text, message) => {
    const { told } = compile({ "models/reader.sql": `select ${text}`, "models/plain.sql": "select 1" });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
  });

  it("tells a latest version that is none, and a version without a file", () => {
    const { told } = compile({
      "models/m.yml": `${versions.replace("access: public", "latest_version: 7")}      - v: 11\n`,
    });
    expect(told.map((each) => each.replace(/ models\S+ «[^»]*»/u, ""))).toEqual([
      'error unknown-version There is no version 7 of the model "m". → The versions are 1, 2, 10, 11.',
      expect.stringContaining('warning unknown-resource There is no model "m_v11" to describe.'),
      expect.stringContaining('error unknown-version There is no latest version of the model "m".'),
    ]);
  });
});
