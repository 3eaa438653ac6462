import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

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

  it("is told to be missing where it is listed and not there, and what it would build where it has models", async () => {
    const missing = await tsdbt(projectOf(project), "ls");
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("packages.yml:1:1  error  packages-not-installed");
    const { err } = await succeed(
      projectOf({ ...project, ...tools, "dbt_packages/tools/models/m.sql": "select 1" }),
      "ls",
    );
    expect(err).toContain('what "tools" would build is passed over');
  });
});
