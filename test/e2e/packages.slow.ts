import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";
import { runResults } from "./run-results.ts";

const project = {
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "profiles.yml": "shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb } } }\n",
  "packages.yml": "packages:\n  - local: ../tools\n",
  "models/a.sql": "select {{ tools.shout('x') }} as loud, {{ tools.sign() }} as sign",
  "models/a.yml": "models: [{ name: a, columns: [{ name: loud, data_tests: [tools.is_loud] }] }]\n",
};

const tools = {
  "dbt_packages/tools/dbt_project.yml": "name: tools\nversion: 1.0.0\nconfig-version: 2\nvars: { mark: '!' }\n",
  "dbt_packages/tools/macros/shout.sql": `{% macro shout(text) %}{{ return(adapter.dispatch('shout', 'tools')(text)) }}{% endmacro %}
{% macro default__shout(text) %}'{{ text | upper }}!'{% endmacro %}
{% macro sign() %}{{ tools.inner() }}{% endmacro %}
{% macro inner() %}1{% endmacro %}`,
  "dbt_packages/tools/tests/generic/loud.sql":
    "{% test is_loud(model, column_name) %}select 1 from {{ model }} where {{ column_name }} not like '%!'{% endtest %}",
};

const resources = {
  "dbt_packages/tools/dbt_project.yml": `name: tools
on-run-start: ["select {{ var('low') }}"]
vars: { low: 3, high: 8, tools: { high: 2 } }
models: { tools: { +materialized: view, marts: { +materialized: table } } }
`,
  "dbt_packages/tools/models/marts/marks.sql": "select 1 as x",
  "dbt_packages/tools/models/tagged.sql": "{{ config(tags=['file']) }} select {{ var('low') }} as low",
  "dbt_packages/tools/models/off.sql": "select * from {{ ref('nowhere') }}",
  "dbt_packages/tools/models/twin.sql": "select 'package' as whose",
  "dbt_packages/tools/models/reads_twin.sql": "select * from {{ ref('twin') }}",
  "dbt_packages/tools/models/docs.md": "{% docs marks %}The marks.{% enddocs %}",
  "dbt_packages/tools/models/tools.yml": `models:
  - { name: marks, description: "{{ doc('marks') }}", columns: [{ name: x, data_tests: [not_null] }] }
  - { name: tagged, config: { tags: [in] } }
sources: [{ name: outside, tables: [{ name: events }] }]
`,
  "dbt_packages/tools/seeds/numbers.csv": "y\n2\n3\n8\n",
  "dbt_packages/tools/tests/low_numbers.sql": "select * from {{ ref('numbers') }} where y > {{ var('high') * 4 }}",
};

async function built(folder: string): Promise<unknown> {
  await succeed(folder, "build");
  const { out } = await succeed(folder, "show", "--output", "json", "--inline", "select * from {{ ref('a') }}");
  return JSON.parse(out);
}

describe("an installed package", () => {
  it("gives its macros, by its name and by dispatch, and its tests", async () => {
    const folder = projectOf({ ...project, ...tools });
    expect(await built(folder)).toMatchObject({ show: [{ loud: "X!", sign: 1 }] });
    const { out } = await succeed(folder, "ls", "--resource-type", "test");
    expect(out).toBe("shop.tools_is_loud_a_loud\n");
  });

  it("lets the project come first where dispatch says so, and where it says nothing", async () => {
    const own = { "macros/own.sql": "{% macro default__shout(text) %}'own!'{% endmacro %}" };
    expect(await built(projectOf({ ...project, ...tools, ...own }))).toMatchObject({ show: [{ loud: "own!" }] });
    const order = "dispatch: [{ macro_namespace: tools, search_order: [tools, shop] }]\n";
    const ordered = { ...project, ...tools, ...own, "dbt_project.yml": `${project["dbt_project.yml"]}${order}` };
    expect(await built(projectOf(ordered))).toMatchObject({ show: [{ loud: "X!" }] });
  });

  it("is told to be missing where it is listed and not there", async () => {
    const missing = await tsdbt(projectOf(project), "ls");
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("packages.yml:1:1  error  packages-not-installed");
    expect(missing.err).toContain('hint: Run "tsdbt deps".');
  });

  it("has models, seeds, sources, tests, docs and hooks of its own, which the project configures", async () => {
    const folder = projectOf({
      ...project,
      ...tools,
      ...resources,
      "dbt_project.yml": `${project["dbt_project.yml"]}vars: { tools: { low: 5 } }
models: { tools: { +schema: kit, off: { +enabled: false } } }
`,
      "models/both.sql": "select x from {{ ref('tools', 'marks') }} union all select y from {{ ref('numbers') }}",
      "models/twin.sql": "select 'own' as whose",
    });
    await succeed(folder, "build");
    const { out } = await succeed(folder, "ls", "-s", "package:tools");
    expect(out.trim().split("\n")).toEqual([
      "tools.marts.marks",
      "tools.reads_twin",
      "tools.tagged",
      "tools.twin",
      "tools.numbers",
      "source:tools.outside.events",
      "tools.low_numbers",
      "tools.not_null_marks_x",
    ]);
    const query = "select x from {{ ref('both') }} union all select low from {{ ref('tools', 'tagged') }} order by 1";
    const shown = await succeed(folder, "show", "--output", "json", "--inline", query);
    expect(JSON.parse(shown.out)).toMatchObject({ show: [{ x: 1 }, { x: 2 }, { x: 3 }, { x: 5 }, { x: 8 }] });
    const read: unknown = JSON.parse(readFileSync(join(folder, "target/manifest.json"), "utf8"));
    expect(read).toMatchObject({
      nodes: {
        "model.tools.marks": {
          package_name: "tools",
          original_file_path: "models/marts/marks.sql",
          patch_path: "tools://models/tools.yml",
          path: "marts/marks.sql",
          schema: "main_kit",
          config: { materialized: "table" },
          description: "The marks.",
        },
        "model.tools.tagged": { config: { materialized: "view", tags: ["in", "file"] } },
        "model.tools.reads_twin": { depends_on: { nodes: ["model.shop.twin"] } },
      },
    });
    expect(read).not.toHaveProperty(["nodes", "model.tools.off"]);
    expect(runResults(folder).map(({ uniqueId }) => uniqueId)).toContain("operation.tools.tools-on-run-start-0");
  });

  it("may have a fault, which is told in its file, and one that nobody here can mend is no more than a warning", async () => {
    const folder = projectOf({
      ...project,
      ...tools,
      "dbt_packages/tools/models/bad.sql": "select * from {{ ref('nowhere') }}",
      "dbt_packages/tools/models/bad.yml": "models: [{ name: bad, owner: me }]\n",
    });
    const { code, err } = await tsdbt(folder, "ls");
    expect(code).toBe(2);
    expect(err).toContain("dbt_packages/tools/models/bad.sql:1:18  error  unknown-ref");
    expect(err).toContain("dbt_packages/tools/models/bad.yml:1:23  warning  unknown-key");
    const same = projectOf({ ...project, "dbt_packages/x/dbt_project.yml": "name: shop\n" });
    expect((await tsdbt(same, "ls")).err).toContain("dbt_packages/x/dbt_project.yml:1:7  error  package-name");
  });
});
