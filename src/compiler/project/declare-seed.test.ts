import { describe, expect, it } from "vitest";
import { compileLiteral, type LiteralFiles, literalSettings } from "../../../test/literal-project.ts";
import type { Seed } from "../../domain/model.ts";

const countries = { "seeds/geo/countries.csv": "code,name\nDE,Germany\n" };

function seeds(files: LiteralFiles): { readonly seeds: readonly Seed[]; readonly told: readonly string[] } {
  const { project, told } = compileLiteral({ ...countries, ...files });
  return { seeds: project.seeds, told };
}

describe("a seed of a project", () => {
  it("has dbt's names, and goes where models go", () => {
    expect(seeds({}).seeds).toMatchObject([
      {
        uniqueId: "seed.shop.countries",
        name: "countries",
        fqn: ["shop", "geo", "countries"],
        path: "seeds/geo/countries.csv",
        patchPath: undefined,
        relation: { database: "shop", schema: "main", identifier: "countries" },
        columns: [
          { name: "code", type: "STRING" },
          { name: "name", type: "STRING" },
        ],
        rows: [["DE", "Germany"]],
      },
    ]);
  });

  it("is configured by the project file and described by a property file", () => {
    const { seeds: all, told } = seeds({
      "project.yml": `${literalSettings}seeds: { shop: { geo: { +schema: geo, +tags: [a], +column_types: { CODE: STRING(2) } } } }\n`,
      "seeds/geo/geo.yml":
        "seeds: [{ name: countries, description: All., config: { tags: [b], alias: c, column_types: { name: STRING } }, columns: [{ name: code, description: ISO. }] }]\n",
    });
    expect(told).toEqual([]);
    expect(all).toMatchObject([
      {
        description: "All.",
        patchPath: "seeds/geo/geo.yml",
        tags: ["a", "b"],
        relation: { schema: "main_geo", identifier: "c" },
        columns: [{ type: "STRING(2)" }, { type: "STRING" }],
        properties: [{ name: "code", description: "ISO." }],
      },
    ]);
  });

  it("may be separated by something else", () => {
    const { seeds: all } = seeds({
      "project.yml": `${literalSettings}seeds: { +delimiter: ";" }\n`,
      "seeds/geo/countries.csv": "a;b\n1;2\n",
    });
    expect(all[0]?.rows).toEqual([["1", "2"]]);
  });

  it("that is switched off is off, whatever its file holds", () => {
    const { project, told } = compileLiteral({
      "seeds/bad.csv": 'a\n"',
      "seeds/s.yml": "seeds: [{ name: bad, config: { enabled: no } }]\n",
    });
    expect([project.seeds, project.disabled, told]).toEqual([[], ["seed.shop.bad"], []]);
  });

  it.each([
    [
      "+delimiter: ';;'",
      'error config-value project.yml:4:10 «+delimiter» The config "delimiter" is one character, found ";;".',
    ],
    [
      "+pre-hook: x",
      'error unsupported-config project.yml:4:10 «+pre-hook» tsdbt does not translate the config "pre-hook" from GoogleSQL yet. → It can be had in a project, or a model, with "dialect: duckdb".',
    ],
    [
      "+column_types: { code: 5 }",
      'error config-value project.yml:4:10 «+column_types» The type of the column "code" is text, found 5.',
    ],
    ["+alias: [a]", 'error config-value project.yml:4:10 «+alias» The config "alias" is text, found ["a"].'],
  ])("is told of its config: %s", (config, expected) => {
    const { seeds: all, told } = seeds({ "project.yml": `${literalSettings}seeds: { ${config} }\n` });
    expect(told).toEqual([expected]);
    expect(all).toEqual([]);
  });

  it("is warned where a type is given to a column that it has not", () => {
    const { seeds: all, told } = seeds({
      "project.yml": `${literalSettings}seeds: { +column_types: { cod: STRING } }\n`,
    });
    expect(told).toEqual([
      'warning unknown-column project.yml:4:10 «+column_types» The config "column_types" names "cod", which is no column of the seed. → Did you mean "code"?',
    ]);
    expect(all).toHaveLength(1);
  });
});
