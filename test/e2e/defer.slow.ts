import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";
import { rowsIn } from "../conformance/scenario.ts";

const shop = {
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "profiles.yml": `shop:
  target: dev
  outputs:
    dev: { type: duckdb, path: shop.duckdb }
    prod: { type: duckdb, path: shop.duckdb, schema: prod }
`,
  "seeds/s.csv": "id,happened\n1,2022-10-01\n2,2022-11-01\n",
  "seeds/s.yml": "seeds: [{ name: s, config: { event_time: happened } }]\n",
  "models/a.sql": "select * from {{ ref('s') }}",
  "models/eph.sql": "{{ config(materialized='ephemeral') }} select * from {{ ref('a') }}",
  "models/b.sql": "{{ config(materialized='table') }} select id, '{{ ref('a') }}' as from_where from {{ ref('eph') }}",
};

async function withProduction(): Promise<string> {
  const folder = projectOf(shop);
  await succeed(folder, "build", "--target", "prod");
  cpSync(join(folder, "target"), join(folder, "state"), { recursive: true });
  return folder;
}

async function rows(folder: string, query: string): Promise<readonly string[] | undefined> {
  return (await rowsIn(folder, [query])).get(query);
}

describe("what is deferred", () => {
  it("is read where the state says it stands, as long as it is neither selected nor here", async () => {
    const folder = await withProduction();
    expect(await tsdbt(folder, "run", "-s", "b")).toMatchObject({ code: 1 });
    await succeed(folder, "run", "-s", "b", "--defer", "--state", "state");
    expect(await rows(folder, "select * from main.b")).toEqual(['1 | "shop"."prod"."a"', '2 | "shop"."prod"."a"']);
    await succeed(folder, "build", "-s", "s", "a");
    await succeed(folder, "run", "-s", "b", "--defer", "--defer-state", "state");
    expect(await rows(folder, "select * from main.b limit 1")).toEqual(['1 | "shop"."main"."a"']);
    await succeed({ folder, environment: { DBT_DEFER: "1", DBT_STATE: "state" } }, "run", "-s", "b", "--favor-state");
    expect(await rows(folder, "select * from main.b limit 1")).toEqual(['1 | "shop"."prod"."a"']);
    await succeed(folder, "run", "-s", "a", "b", "--defer", "--favor-state", "--state", "state");
    expect(await rows(folder, "select * from main.b limit 1")).toEqual(['1 | "shop"."main"."a"']);
  });

  it("needs the artifacts of an earlier run", async () => {
    const folder = projectOf(shop);
    expect(await tsdbt(folder, "run", "--defer")).toMatchObject({ code: 2 });
    const { code, err } = await tsdbt(folder, "run", "--defer", "--state", "nowhere");
    expect(code).toBe(2);
    expect(err).toContain('There is no "manifest.json" in "');
  });
});

describe("clone", () => {
  it("makes views of what stands elsewhere, once, and anew when that is asked for", async () => {
    const folder = await withProduction();
    const kinds = "select table_name, table_type from information_schema.tables where table_schema = 'main'";
    const { out } = await succeed(folder, "clone", "--state", "state");
    expect(out).toContain("Done. PASS=3");
    expect(await rows(folder, kinds)).toEqual(["a | VIEW", "b | VIEW", "s | VIEW"]);
    expect(await rows(folder, "select count(*) from main.b")).toEqual(["2"]);
    await succeed(folder, "run", "-s", "b");
    await succeed(folder, "clone", "--state", "state", "-s", "b");
    expect(await rows(folder, kinds)).toEqual(["a | VIEW", "b | BASE TABLE", "s | VIEW"]);
    await succeed(folder, "clone", "--state", "state", "-s", "b", "--full-refresh");
    expect(await rows(folder, kinds)).toEqual(["a | VIEW", "b | VIEW", "s | VIEW"]);
    const { code, err } = await tsdbt(folder, "clone");
    expect(code).toBe(2);
    expect(err).toContain("Name the folder of its artifacts by --state.");
  });
});

describe("what is read", () => {
  it("is nothing with --empty, in the words of dbt, and types stay", async () => {
    const folder = projectOf(shop);
    await succeed(folder, "seed");
    await succeed(folder, "run", "--empty", "-s", "a", "b");
    expect(readFileSync(join(folder, "target/compiled/shop/models/a.sql"), "utf8").trim()).toBe(
      'select * from (select * from "shop"."main"."s" where false limit 0)',
    );
    expect(await rows(folder, "select count(*) from main.b")).toEqual(["0"]);
    expect(await rows(folder, "select data_type from duckdb_columns() where table_name = 'b'")).toEqual([
      "INTEGER",
      "VARCHAR",
    ]);
  });

  it("is a stretch of event time with --sample, where that is known", async () => {
    const folder = projectOf(shop);
    await succeed(folder, "seed");
    await succeed(folder, "run", "--sample", "3 days");
    expect(await rows(folder, "select id from main.a")).toEqual(["2"]);
    await succeed(folder, "run", "--sample", "{start: 2022-09-01, end: 2022-11-01}");
    expect(await rows(folder, "select id from main.a")).toEqual(["1"]);
    expect(await tsdbt(folder, "run", "--sample", "3 weeks")).toMatchObject({ code: 2 });
  });
});
