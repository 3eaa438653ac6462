import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { schemaFaults } from "../schemas/schema-faults.ts";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

const files = {
  "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: shop.duckdb, schema: dbt }\n",
  "sources.yml": "sources: [{ name: raw, schema: dbt, tables: [{ name: people }, { name: nowhere }] }]\n",
  "seeds/people.csv": "id,name\n1,Ann\n",
  "models/a.sql": "{{ config(materialized='table') }} select id, name as \"full name\" from {{ ref('people') }}",
  "models/b.sql": "select * from {{ ref('a') }}",
  "models/never.sql": "{{ config(materialized='ephemeral') }} select 1 as x",
};

function catalogOf(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, "target/catalog.json"), "utf8"));
}

describe("docs generate", () => {
  it("writes what stands in the warehouse", async () => {
    const folder = projectOf(files);
    await succeed(folder, "build");
    const { out } = await succeed(folder, "docs", "generate");
    expect(out).toContain(`Catalog written to ${join(folder, "target/catalog.json")}`);
    const catalog = catalogOf(folder);
    expect(schemaFaults("catalog_v1", catalog)).toEqual([]);
    expect(catalog).toMatchObject({
      nodes: {
        "model.shop.a": {
          metadata: { type: "BASE TABLE", schema: "dbt", name: "a", database: "shop" },
          columns: { id: { type: "INTEGER", index: 1 }, "full name": { type: "VARCHAR", index: 2 } },
          unique_id: "model.shop.a",
        },
        "model.shop.b": { metadata: { type: "VIEW" } },
        "seed.shop.people": { columns: { name: { index: 2 } } },
      },
      sources: { "source.shop.raw.people": { metadata: { name: "people" } } },
      errors: null,
    });
    expect(Object.keys((catalog as { readonly nodes: object }).nodes)).toHaveLength(3);
  });

  it("tells only of what is selected, or of nothing", async () => {
    const folder = projectOf(files);
    await succeed(folder, "build");
    await succeed(folder, "docs", "generate", "--select", "a");
    expect(catalogOf(folder)).toMatchObject({ sources: {} });
    await succeed(folder, "docs", "generate", "--empty-catalog", "--no-compile");
    expect(catalogOf(folder)).toMatchObject({ nodes: {}, sources: {} });
  });

  it("ends with 2 where the project has a fault", async () => {
    const folder = projectOf({ ...files, "models/b.sql": "select * from {{ ref('aa') }}" });
    expect(await tsdbt(folder, "docs", "generate")).toMatchObject({ code: 2, out: "" });
    const { code, err } = await tsdbt(folder, "docs", "generat");
    expect([code, err]).toEqual([2, expect.stringContaining("generat")]);
  });
});
