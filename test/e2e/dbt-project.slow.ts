import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

const jaffle = {
  "dbt_project.yml": `name: jaffle
version: "1.0.0"
config-version: 2
profile: jaffle
require-dbt-version: [">=1.0.0", "<2.0.0"]
model-paths: ["models"]
seed-paths: ["seeds"]
clean-targets: ["target", "dbt_packages", "logs"]
flags:
  send_anonymous_usage_stats: false
models:
  jaffle:
    marts:
      +materialized: table
`,
  "profiles.yml": `jaffle:
  target: dev
  outputs:
    dev: { type: duckdb, path: "{{ env_var('JAFFLE_DB', 'jaffle.duckdb') }}", threads: 2 }
    prod: { type: duckdb, path: prod.duckdb, schema: live }
`,
  "seeds/orders.csv": "id,amount\n1,10\n2,20\n2,30\n",
  "models/marts/totals.sql":
    "select id, sum(amount) as total, [1, 2][1] as first from {{ ref('orders') }} group by all order by id",
  "models/marts/totals.yml": "models: [{ name: totals, columns: [{ name: id, data_tests: [unique, not_null] }] }]\n",
};

async function rows(folder: string, query: string, ...args: readonly string[]): Promise<unknown> {
  const { out } = await succeed(folder, "show", "--output", "json", "--inline", query, ...args);
  const shown: unknown = JSON.parse(out);
  return typeof shown === "object" && shown !== null && "show" in shown ? shown.show : undefined;
}

describe("a dbt project", () => {
  it("is built in the dialect of its target, by the default one and by a named one", async () => {
    const folder = projectOf(jaffle);
    await succeed(folder, "build");
    expect(await rows(folder, "select * from jaffle.main.totals")).toEqual([
      { id: 1, total: 10, first: 1 },
      { id: 2, total: 50, first: 1 },
    ]);
    await succeed(folder, "build", "--target", "prod");
    expect(await rows(folder, "select count(*) as n from prod.live.totals", "--target", "prod")).toEqual([{ n: 2 }]);
  });

  it("finds its profile in the folder that is named, by option or variable", async () => {
    const folder = projectOf(jaffle);
    mkdirSync(join(folder, "conf"));
    renameSync(join(folder, "profiles.yml"), join(folder, "conf/profiles.yml"));
    const { code, err } = await tsdbt({ folder, environment: { HOME: folder } }, "ls");
    expect(code).toBe(2);
    expect(err).toContain("no-profiles");
    await succeed(folder, "ls", "--profiles-dir", "conf");
    await succeed({ folder, environment: { DBT_PROFILES_DIR: "conf" } }, "ls");
    renameSync(join(folder, "conf"), join(folder, ".dbt"));
    await succeed({ folder, environment: { HOME: folder } }, "ls", "--target", "prod");
  });

  it("may have its vars in a file of their own, and not in two", async () => {
    const folder = projectOf({
      ...jaffle,
      "vars.yml": "vars: { low: 15, jaffle: { high: 25 } }\n",
      "models/few.sql":
        "select id from {{ ref('orders') }} where amount between {{ var('low') }} and {{ var('high') }}",
    });
    await succeed(folder, "build", "-s", "+few");
    expect(await rows(folder, "select * from {{ ref('few') }}")).toEqual([{ id: 2 }]);
    expect(await rows(folder, "select {{ var('low') }} as low", "--vars", "{low: 1}")).toEqual([{ low: 1 }]);
    const twice = projectOf({
      ...jaffle,
      "dbt_project.yml": `${jaffle["dbt_project.yml"]}vars: { low: 1 }\n`,
      "vars.yml": "vars: { low: 15 }\n",
    });
    const { code, err } = await tsdbt(twice, "ls");
    expect(code).toBe(2);
    expect(err).toContain("vars.yml:1:1  error  vars-twice");
  });

  it("reads files and attached databases by paths from its own folder, from wherever it is called", async () => {
    const folder = projectOf({
      ...jaffle,
      "data/people.csv": "name\nAda\n",
      "models/people.sql": "select name from 'data/people.csv'",
      "inner/readme.md": "",
      "profiles.yml":
        "jaffle: { outputs: { dev: { type: duckdb, path: a.duckdb, attach: [{ path: data/b.duckdb, alias: b }] } } }\n",
    });
    const environment = { DBT_PROFILES_DIR: folder };
    await succeed({ folder: join(folder, "inner"), environment }, "run", "--select", "people");
    expect(
      await rows(
        folder,
        "select name, (select count(*) from duckdb_databases() where database_name = 'b') as b from {{ ref('people') }}",
      ),
    ).toEqual([{ name: "Ada", b: 1 }]);
  });
});

describe("options of a dbt project", () => {
  const noisy = { ...jaffle, "models/other.yml": "models: [{ name: nowhere }]\n" };

  it("come from the command line, over the environment, over the project's flags", async () => {
    const folder = projectOf({
      ...noisy,
      "dbt_project.yml": jaffle["dbt_project.yml"].replace("flags:", "flags:\n  warn_error: true"),
    });
    expect(await tsdbt(folder, "ls")).toMatchObject({ code: 2 });
    expect(await tsdbt(folder, "ls", "--no-warn-error")).toMatchObject({ code: 0 });
    const off = { folder, environment: { DBT_WARN_ERROR: "false" } };
    expect(await tsdbt(off, "ls")).toMatchObject({ code: 0 });
    expect(await tsdbt(off, "ls", "--warn-error")).toMatchObject({ code: 2 });
  });

  it("raise, spare and silence warnings by their names", async () => {
    const folder = projectOf(noisy);
    const rule = (text: string): Promise<unknown> => tsdbt(folder, "ls", "--warn-error-options", text);
    expect(await rule("{error: all}")).toMatchObject({ code: 2 });
    expect(await rule("{error: all, warn: [NoNodeForYamlKey]}")).toMatchObject({ code: 0 });
    expect(await rule("{silence: [unknown-resource]}")).not.toHaveProperty("err", expect.stringContaining("warning"));
    expect(await rule("{errr: all}")).toMatchObject({ code: 2 });
  });

  it("are those of dbt, and those without effect are told", async () => {
    const folder = projectOf(jaffle);
    const { err } = await succeed(folder, "ls", "--no-partial-parse", "--log-level", "warn", "--no-write-json");
    expect(err).toContain('The option "--no-partial-parse" does nothing here.');
  });

  it("take variables from .env", async () => {
    const folder = projectOf({ ...jaffle, ".env": "DBT_TARGET=prod\nJAFFLE_DB=other.duckdb\n" });
    await succeed(folder, "seed");
    expect(await rows(folder, "select count(*) as n from prod.live.orders")).toEqual([{ n: 3 }]);
    await succeed(folder, "seed", "--target", "dev");
    expect(await rows(folder, "select count(*) as n from other.main.orders", "--target", "dev")).toEqual([{ n: 3 }]);
  });

  it("hold it to the version that it asks for, unless told not to", async () => {
    const folder = projectOf({ ...jaffle, "dbt_project.yml": jaffle["dbt_project.yml"].replace("<2.0.0", "<1.0.0") });
    const { code, err } = await tsdbt(folder, "ls");
    expect(code).toBe(2);
    expect(err).toContain("dbt_project.yml:5:34  error  dbt-version");
    await succeed(folder, "ls", "--no-version-check");
  });
});
