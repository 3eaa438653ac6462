import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

const shop = {
  "dbt_project.yml": "name: shop\nprofile: shop\nmodels: { shop: { +materialized: view } }\n",
  "profiles.yml": "shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb } } }\n",
  "models/a.sql": "select 1 as id",
  "models/b.sql": "{{ config(tags=['night']) }} select * from {{ ref('a') }}",
  "models/c.sql": "select {{ one() }} as id from {{ ref('b') }}",
  "models/m_v1.sql": "select 1 as id",
  "models/m_v2.sql": "select 2 as id",
  "macros/one.sql": "{% macro one() %}1{% endmacro %}",
  "analyses/look.sql": "select * from {{ ref('a') }}",
  "models/all.yml": `groups: [{ name: g, owner: { name: Ada } }]
models:
  - { name: a, access: private, group: g, columns: [{ name: id, data_tests: [unique] }] }
  - { name: b, group: g }
  - { name: m, latest_version: 1, versions: [{ v: 1 }, { v: 2 }] }
exposures: [{ name: board, type: dashboard, owner: { name: Ada }, depends_on: ["ref('c')"] }]
`,
  "analyses/none.sql": "{{ config(enabled=false) }} select 1",
  "selectors.yml": `selectors:
  - name: nightly
    default: true
    definition: { method: tag, value: night, children: true }
  - name: above
    definition:
      union:
        - { method: fqn, value: c, parents: true, parents_depth: 1 }
        - "a"
        - exclude: [{ method: fqn, value: b }]
  - name: both
    definition: { intersection: [{ method: selector, value: nightly }, "config.materialized:view", { union: ["b", "c"] }] }
`,
};

const files = { ...shop, "models/all.yml": shop["models/all.yml"], "analyses/look.sql": "select 1 as id" };

async function ls(folder: string, ...args: readonly string[]): Promise<string> {
  const { out } = await succeed(folder, "ls", "--output", "name", ...args);
  return out.trim().split("\n").join(" ");
}

describe("selection", () => {
  const folder = projectOf(files);

  it.each([
    ["-s exposure:board", "board"],
    ["-s +exposure:board --resource-type model", "a b c"],
    ["-s access:private --exclude-resource-types test", "a"],
    ["-s group:g --resource-types model exposure", "a b"],
    ["-s version:old version:prerelease", "m"],
    ["-s version:latest", "m"],
    ["-s version:none --resource-type model", "a b c"],
    ["--resource-type analysis", "look"],
    ["", "b c board"],
    ["--selector nightly --resource-type model", "b c"],
    ["--selector above", "a c unique_a_id"],
    ["--selector both", "b c"],
    ["--models a", "a unique_a_id"],
  ])("%s", async (args, names) => {
    const found = await ls(
      folder,
      ...args.split(" ").filter((each) => each !== ""),
      ...(args === "--resource-type analysis" ? ["-s", "*"] : []),
    );
    expect(found.split(" ").sort()).toEqual(names.split(" ").sort());
  });

  it.each([
    ["--selector nigthly", 'There is no selector "nigthly".'],
    ["-s access:hidden", 'There is no access "hidden".'],
    ["-s state:changed --state target", 'There is no state "changed".'],
    ["-s a,state:modified+", 'The selection method "state" compares with an earlier run, and none is named.'],
    ["-s state:modified --state nowhere", 'There is no "manifest.json" in "'],
    ["--resource-type modl", "--resource-type"],
  ])("%s is told", async (args, message) => {
    const { code, err } = await tsdbt(folder, "ls", ...args.split(" "));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("by state finds what is new or another one than it was, and why", async () => {
    const changed = projectOf(files);
    await succeed(changed, "parse");
    cpSync(join(changed, "target"), join(changed, "earlier"), { recursive: true });
    const state = (...criteria: readonly string[]): Promise<string> =>
      ls(changed, "--state", "earlier", "-s", ...criteria);
    expect(await tsdbt(changed, "ls", "--state", "earlier", "-s", "state:modified")).toMatchObject({
      code: 0,
      out: "",
    });
    writeFileSync(join(changed, "models/a.sql"), "select 2 as id");
    writeFileSync(join(changed, "models/new.sql"), "select 2 as id");
    writeFileSync(join(changed, "macros/one.sql"), "{% macro one() %}2{% endmacro %}");
    writeFileSync(join(changed, "models/m_v1.sql"), "{{ config(alias='else') }}select 1 as id");
    expect(await state("state:new")).toBe("new");
    expect(await state("state:modified", "--resource-type", "model")).toBe("a c m new");
    expect(await state("state:modified.body", "--resource-type", "model")).toBe("a m");
    expect(await state("state:modified.relation")).toBe("m");
    expect(await state("state:modified.macros")).toBe("c");
    expect(await state("state:unmodified", "--resource-type", "model")).toBe("b m");
  });
});
