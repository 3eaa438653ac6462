import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { exampleProject, projectOf } from "./example-project.ts";

const sound = {
  "project.yml": "name: shop\ntargets:\n  dev: { type: duckdb, path: shop.duckdb }\n",
  "sources.yml": `
sources:
  - name: raw
    tables:
      - name: orders
        columns:
          - { name: order_id, data_type: int64 }
          - { name: price, data_type: numeric }
      - name: bare
`,
  "models/a.sql": "select order_id as id, price * 2 as twice from {{ source('raw', 'orders') }}",
  "models/b.sql": "select id, max(twice) over (partition by id) as most, 1 as one from {{ ref('mid') }}",
  "models/mid.sql": "{{ config(materialized='ephemeral') }} select id, twice - id as twice from {{ ref('a') }}",
  "models/own.sql": "{{ config(dialect='duckdb') }} select 1::integer as z",
};

const refused = {
  ...sound,
  "models/c.sql": "select hll_count.init(id) as x from {{ ref('b') }}",
  "models/d.sql": "select x from {{ ref('c') }}",
  "models/e.sql": "select x\nfrom {{ source('raw', 'bare') }}",
  "models/f.sql": "select * from {{ ref('aa') }}",
};

describe("compat", () => {
  it("says that all models of the example run exactly", async () => {
    const { out } = await succeed(exampleProject(), "compat");
    expect(out.split("\n").slice(2)).toEqual([
      "| model.aquatech.dau        | exact   |       |        |",
      "| model.aquatech.event_data | exact   |       |        |",
      "| model.aquatech.mau        | exact   |       |        |",
      "3 models: 3 exact",
      "",
    ]);
  });

  it("says of each model how it stands, with reasons, and ends with 1", async () => {
    const { code, out } = await tsdbt(projectOf(refused), "compat", "--output", "json");
    expect(code).toBe(1);
    const models = out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const exact = ["a", "b"].map((name) => ({
      node: `model.shop.${name}`,
      verdict: "exact",
      reasons: [],
      waits_for: [],
    }));
    expect(models).toMatchObject([
      ...exact,
      {
        node: "model.shop.c",
        verdict: "refused",
        reasons: [{ code: "unsupported", path: "models/c.sql", line: 1, column: 8, hint: "Write COUNT(DISTINCT …)." }],
        waits_for: [],
      },
      { node: "model.shop.d", verdict: "waits", reasons: [], waits_for: ["model.shop.c"] },
      { node: "model.shop.e", verdict: "refused", reasons: [{ code: "untyped", line: 2, column: 9 }] },
      { node: "model.shop.f", verdict: "refused", reasons: [{ path: "models/f.sql", line: 1, column: 18 }] },
      { node: "model.shop.mid", verdict: "exact" },
      { node: "model.shop.own", verdict: "native" },
    ]);
  });

  it("tells the place of what is refused to a reader", async () => {
    const { out } = await tsdbt(projectOf(refused), "compat");
    expect(out).toContain("| model.shop.c   | refused | models/c.sql:1:8  | The function HLL_COUNT.INIT is not");
    expect(out).toContain("8 models: 3 exact, 1 native, 3 refused, 1 waiting");
  });

  it("ends with 2 where there is no project", async () => {
    expect(await tsdbt(projectOf({}), "compat")).toMatchObject({ code: 2, out: "" });
    expect(await tsdbt(projectOf(sound), "compat", "--output", "yaml")).toMatchObject({ code: 2, out: "" });
  });
});

describe("compile --lineage", () => {
  it("traces columns to models and sources, through ephemeral models", async () => {
    const { out } = await succeed(projectOf(sound), "compile", "--lineage", "--select", "b", "--output", "json");
    const id = { node: "model.shop.a", column: "id" };
    expect(JSON.parse(out)).toEqual({
      node: "model.shop.b",
      columns: [
        { name: "id", type: "INT64", from: [id] },
        { name: "most", type: "NUMERIC", from: [{ node: "model.shop.a", column: "twice" }, id] },
        { name: "one", type: "INT64", from: [] },
      ],
    });
  });

  it("says that it does not know the columns of a native model", async () => {
    const { out } = await succeed(projectOf(sound), "compile", "--lineage", "--select", "own,a");
    expect(out).toBe("");
    const other = await succeed(projectOf(sound), "compile", "--lineage", "--select", "own", "a");
    expect(other.out).toContain("The columns of 'own' are not known: it is written in DuckDB's own dialect.");
    expect(other.out).toMatch(/\| twice +\| NUMERIC \| source\.shop\.raw\.orders\.price +\|/u);
  });

  it("ends with 2 where a model has a fault", async () => {
    expect(await tsdbt(projectOf(refused), "compile", "--lineage")).toMatchObject({ code: 2, out: "" });
  });
});
