import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callIn, temporaryProject, type TemporaryProject, type TestCall } from "../../test/temporary-project.ts";
import { type ListForm, listResources } from "./list-resources.ts";
import type { SelectOptions } from "./select-project.ts";

let project: TemporaryProject;
beforeAll(() => {
  project = temporaryProject({
    "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: ':memory:' }\n",
    "sources.yml": "sources:\n  - name: raw\n    tables: [{ name: pulls }]\n",
    "seeds/days.csv": "day\n2022-10-31\n",
    "models/staging/pulls.sql": "select * from {{ source('raw', 'pulls') }}",
    "models/dau.sql":
      "{{ config(materialized='table', tags=['daily'], alias='actives') }} select * from {{ ref('pulls') }}",
    "models/hidden.sql": "{{ config(materialized='ephemeral') }} select * from {{ ref('days') }}",
    "models/p.yml": "models:\n  - name: dau\n    columns:\n      - { name: day, data_tests: [not_null] }\n",
  });
});
afterAll(() => {
  project.remove();
});

async function list(
  given: Partial<SelectOptions & ListForm> = {},
): Promise<TestCall & { readonly lines: readonly string[] | undefined }> {
  const call = callIn(project.folder);
  const lines = await listResources(call.invocation, {
    select: [],
    exclude: [],
    output: "selector",
    keys: [],
    ...given,
  });
  return { ...call, lines };
}

async function listJson(given: Partial<SelectOptions & ListForm>): Promise<readonly unknown[]> {
  const { lines = [] } = await list({ ...given, output: "json" });
  return lines.map((line): unknown => JSON.parse(line));
}

describe("the list of resources", () => {
  it("is in the order of unique ids, sources by their own selector", async () => {
    expect((await list()).lines).toEqual([
      "shop.dau",
      "shop.hidden",
      "shop.staging.pulls",
      "shop.days",
      "source:shop.raw.pulls",
      "shop.not_null_dau_day",
    ]);
  });

  it("has names and paths", async () => {
    const select = ["dau", "source:raw.pulls", "days"];
    expect((await list({ select, output: "name", indirectSelection: "empty" })).lines).toEqual([
      "dau",
      "days",
      "pulls",
    ]);
    expect((await list({ select, output: "path", indirectSelection: "empty" })).lines).toEqual([
      "models/dau.sql",
      "seeds/days.csv",
      "sources.yml",
    ]);
  });

  it("shows dbt's keys in JSON, of each type those that it has", async () => {
    const [dau, hidden, , days, pulls, test] = await listJson({});
    expect(dau).toMatchObject({
      alias: "actives",
      name: "dau",
      package_name: "shop",
      depends_on: { macros: [], nodes: ["model.shop.pulls"] },
      direct_parents: ["model.shop.pulls"],
      tags: ["daily"],
      config: { materialized: "table", tags: ["daily"] },
      resource_type: "model",
      original_file_path: "models/dau.sql",
      unique_id: "model.shop.dau",
    });
    expect(hidden).toMatchObject({ config: { materialized: "ephemeral" } });
    expect(Object.keys(days ?? {}).sort()).toEqual([
      "alias",
      "config",
      "depends_on",
      "name",
      "original_file_path",
      "package_name",
      "resource_type",
      "tags",
      "unique_id",
    ]);
    expect(pulls).toMatchObject({ source_name: "raw", resource_type: "source" });
    expect(pulls).not.toHaveProperty("alias");
    expect(test).toMatchObject({ alias: "not_null_dau_day", depends_on: { nodes: ["model.shop.dau"] } });
  });

  it("shows the keys that are asked for, inside others too", async () => {
    const keys = ["name", "config.materialized", "fqn", "config.nothing", "nothing", "relation_name"];
    expect(await listJson({ select: ["dau"], keys, resourceTypes: ["model"] })).toEqual([
      { name: "dau", "config.materialized": "table", fqn: ["shop", "dau"], relation_name: '"memory"."main"."actives"' },
    ]);
    expect(await listJson({ select: ["hidden"], keys: ["relation_name"] })).toEqual([{ relation_name: null }]);
  });

  it("warns where a criterion matches nothing, and refuses one that is none", async () => {
    const nothing = await list({ select: ["nothing"] });
    expect(nothing.lines).toEqual([]);
    expect(nothing.diagnostics()).toMatchObject([{ severity: "warning" }]);
    const wrong = await list({ select: ["@dau+"], exclude: ["no_method:x"] });
    expect(wrong.lines).toBeUndefined();
    expect(wrong.diagnostics()).toMatchObject([{ severity: "error" }, { severity: "error" }]);
  });

  it("is none of a project with a fault", async () => {
    project.write({ "models/wrong.sql": "{{ ref('nothing') }}" });
    const { lines, diagnostics } = await list();
    expect(lines).toBeUndefined();
    expect(diagnostics()).toMatchObject([{ code: "unknown-ref" }]);
    project.write({ "models/wrong.sql": "" });
  });
});
