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
  - name: back
    definition:
      union:
        - { method: fqn, value: b, children: true, exclude: [{ method: fqn, value: c }] }
        - intersection: ["access:private", { method: fqn, value: a, indirect_selection: empty }]
  - name: again
    definition: { method: selector, value: back, exclude: ["group:g"] }
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
    ["--selector back", "a b board"],
    ["--selector again", "board"],
    ["-s selector:back,resource_type:model", "a b unique_a_id"],
    ["-s selector:above+ --exclude selector:back", "c"],
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
    ["-s selector:nigthly", 'Did you mean "nightly"?'],
    ["-s result:errr --state target", 'Did you mean "error"?'],
    ["-s result:error", 'The selection method "result" compares with an earlier run, and none is named.'],
    ["-s result:error --state nowhere", 'There is no "run_results.json" in "'],
    ["-s source_status:older --state target", 'There is no source status "older".'],
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

  it("by result finds what failed, and what hangs on it", async () => {
    const broken = projectOf({ ...files, "models/b.sql": "select nothing from {{ ref('a') }}" });
    expect(await tsdbt(broken, "run", "-s", "+c")).toMatchObject({ code: 1 });
    expect(await ls(broken, "-s", "result:error", "result:skipped", "--state", "target")).toBe("b c");
    expect(await ls(broken, "-s", "result:error+1", "--state", "target")).toBe("b c");
    expect(await ls(broken, "-s", "result:success", "--state", "target")).toBe("a unique_a_id");
  });

  it("by the status of sources finds what has newer rows than before", async () => {
    const fed = projectOf({
      "dbt_project.yml": files["dbt_project.yml"],
      "profiles.yml": files["profiles.yml"],
      "seeds/x.csv": "loaded\n2022-11-01 00:00:00\n",
      "seeds/y.csv": "loaded\n2022-11-01 00:00:00\n",
      "models/of.sql": "select * from {{ source('main', 'x') }}",
      "models/s.yml": `sources:
  - name: main
    config: { loaded_at_field: loaded, freshness: { warn_after: { count: 2, period: day } } }
    tables: [{ name: x }, { name: y }]
`,
    });
    await succeed(fed, "seed");
    await succeed(fed, "source", "freshness");
    cpSync(join(fed, "target"), join(fed, "earlier"), { recursive: true });
    const fresher = ["-s", "source_status:fresher+", "--state", "earlier"];
    expect(await ls(fed, ...fresher)).toBe("");
    writeFileSync(join(fed, "seeds/x.csv"), "loaded\n2022-11-01 12:00:00\n");
    await succeed(fed, "seed");
    await succeed(fed, "source", "freshness");
    expect(await ls(fed, ...fresher)).toBe("of x");
  });
});
