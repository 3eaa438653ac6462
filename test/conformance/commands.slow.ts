import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nativeProject, play } from "./scenario.ts";

describe("tier 3: commands", () => {
  it("64: persist_docs tells the columns that are described and not there, quoted ones letter by letter", async () => {
    await play(
      {
        "models/m.sql":
          "{{ config(materialized='table', persist_docs={'columns': true}) }} select 1 as id, 2 as \"MyCol\"",
        "models/m.yml": `models:
  - name: m
    columns:
      - { name: ID, description: its id }
      - { name: gone, description: not there }
      - { name: mycol, quote: true, description: of another case }
`,
      },
      [
        {
          call: "run",
          says: [
            "The following columns are specified in the schema but are not present in the database: gone, mycol.",
            "Done. PASS=1",
          ],
          shows: { "select comment from duckdb_columns() where column_name = 'id'": ["its id"] },
        },
      ],
    );
  });

  it("65: the query comment is in front of every statement that is sent, or behind it, or nowhere", async () => {
    const call = "--debug --log-format json run";
    await play(
      { "models/m.sql": "select 1 as id", "macros/c.sql": "{% macro said(node) %}by {{ node.name }}{% endmacro %}" },
      [
        {
          call,
          says: ['/* {\\"app\\": \\"tsdbt\\"', '\\"node_id\\": \\"model.shop.m\\"} */\\ncreate or replace view'],
        },
        {
          files: { "project.yml": `${nativeProject}query-comment: { comment: "{{ said(node) }}", append: true }\n` },
          call,
          says: ["\\n/* by m */"],
        },
        {
          files: { "project.yml": `${nativeProject}query-comment: "{{ no_such() }}"\n` },
          call: "run",
          exit: 2,
          says: ["no_such"],
        },
      ],
    );
  });

  it("66: show and compile take a query of the command line, and honour sql_header", async () => {
    await play(
      {
        "seeds/s.csv": "id\n1\n2\n3\n4\n5\n6\n7\n",
        "models/e.sql": "{{ config(materialized='ephemeral') }} select id * 10 as ten from {{ ref('s') }}",
        "models/h.sql": "{% call set_sql_header(config) %}with v as (select 42 as n){% endcall %} select n from v",
      },
      [
        { call: "seed" },
        {
          call: "show --inline 'select ten from {{ ref(\"e\") }} order by 1' --output json",
          says: ['{"show":[{"ten":10},'],
        },
        { call: "show --select e --limit 1 --output json", says: ['{"node":"e","show":[{"ten":'] },
        {
          call: "compile --inline 'select 1 from {{ ref(\"s\") }}'",
          says: ["Compiled inline node is:\nselect 1 from "],
        },
        { call: "compile --inline 'select 1 from {{ ref(\"no\") }}'", exit: 2, says: ["--inline:1:18", '"no"'] },
        { call: "show --inline 'select no_such from (select 1 as a)'", exit: 2, says: ["no_such"] },
        { call: "show --select h", says: ["42"] },
      ],
    );
  });

  it("70: what templates say is told in a run, too; print() however quiet", async () => {
    await play(
      {
        "project.yml": `${nativeProject}on-run-start: "{{ log('start hook', info=true) }}"\n`,
        "models/m.sql": `{{ config(pre_hook="{{ log('model hook', info=true) }}") }}
{% if execute %}{% do run_query('select 1') %}{{ log('asked', info=true) }}{% do exceptions.warn('beware') %}{% endif %}
select 1 as id`,
        "macros/o.sql": `{% macro said() %}{{ print('bare') }}{{ log('logged', info=true) }}{% endmacro %}
{% macro failing() %}{{ print('before') }}{% do exceptions.raise_compiler_error('no') %}{% endmacro %}`,
      },
      [
        { call: "run", says: ["start hook", "model hook", "asked", "beware."] },
        { call: "run-operation said", says: ["\nbare\n", "logged"] },
        { call: "--quiet run-operation said", says: ["bare"] },
        { call: "run-operation failing", exit: 1, says: ["before", "no."] },
      ],
    );
  });

  it("a template may change the warehouse while it is compiled, and a macro of dbt drops a schema", async () => {
    await play(
      {
        "models/m.sql": `{% if execute %}{% do adapter.drop_relation(api.Relation.create(database=target.database,
  schema='main', identifier='old', type='table')) %}{% endif %} select 1 as id`,
      },
      [
        { sql: ["create table old as select 1 as a", "create schema gone"], call: "compile" },
        {
          call: "run-operation drop_schema_named --args '{schema_name: gone}'",
          shows: {
            "select table_name from duckdb_tables() where table_name = 'old'": [],
            "select schema_name from duckdb_schemas() where schema_name = 'gone'": [],
          },
        },
      ],
    );
  });

  it("debug looks at profile, project file and connection, or at the connection alone", async () => {
    const dbt = { "project.yml": undefined, "dbt_project.yml": "name: shop\nprofile: shop\n" };
    const profiles = "shop:\n  target: dev\n  outputs:\n    dev: { type: duckdb, path: shop.duckdb }\n";
    await play({ "models/m.sql": "select 1 as id" }, [
      {
        files: { ...dbt, "profiles.yml": profiles },
        call: "debug",
        says: ["profiles.yml file [OK found and valid]", "Connection test: [OK connection ok", "All checks passed!"],
      },
      { call: "debug --connection", says: ["Skipping steps before connection verification", "All checks passed!"] },
      { call: "debug --target no", exit: 1, says: ["profiles.yml file [ERROR invalid]", "1 check failed:", '"no"'] },
      {
        files: { "dbt_project.yml": "name: shop\nprofile: shop\nbad-key: 1\n" },
        call: "debug",
        exit: 1,
        says: ["dbt_project.yml file [ERROR invalid]"],
      },
    ]);
  });

  it("a log file has all that was said, in either form, and no secret", async () => {
    const folder = await play(
      {
        "models/m.sql": "select '{{ var(\"word\") }}' as word",
        "models/empty.sql": "\n",
        "macros/o.sql": "{% macro said(word) %}{{ log('quiet ' ~ word) }}{{ print('loud ' ~ word) }}{% endmacro %}",
      },
      [
        { call: "--quiet run --vars '{word: x}'" },
        {
          call: "run-operation said --args '{word: s3cret}' --vars '{word: x}'",
          environment: { DBT_ENV_SECRET_WORD: "s3cret" },
          says: ["loud *****"],
        },
        { call: "run --vars '{word: x}' --log-path other --log-format-file json --log-level-file info" },
      ],
    );
    const log = readFileSync(join(folder, "logs/dbt.log"), "utf8");
    expect(log).toMatch(/\n={30} [\d:.]{15} \| [\da-f-]{36} ={30}\n/u);
    expect(log).toContain("[info ] [MainThread]: 1 of 1 OK created sql view model main.m");
    expect(log).toContain("[debug] [MainThread]: Began running node model.shop.m");
    expect(log).toContain("create or replace view");
    expect(log).toContain("[debug] [MainThread]: quiet *****");
    expect(log).not.toContain("s3cret");
    const lines = readFileSync(join(folder, "other/dbt.log"), "utf8").trimEnd().split("\n");
    const codes = lines.map((line) => (JSON.parse(line) as { readonly info: { readonly code: string } }).info.code);
    expect(codes).toEqual(["W006", "Q027", "Q011", "Q012", "Z030", "Z023"]);
  });

  it("59: the rows that a test keeps are as many as its limit", async () => {
    await play(
      {
        "models/m.sql": "select unnest([1, 2, 3]) as id",
        "models/m.yml": `models:
  - name: m
    columns:
      - name: id
        data_tests:
          - accepted_values: { arguments: { values: [9], quote: false }, config: { store_failures: true, limit: 2 } }
`,
      },
      [
        { call: "run" },
        {
          call: "test",
          exit: 1,
          shows: { "select count(*) from main_dbt_test__audit.accepted_values_m_id__False__9": ["2"] },
        },
      ],
    );
  });

  it("a seed that is described under models keeps its tests, with a warning", async () => {
    await play(
      {
        "seeds/s.csv": "id\n1\n",
        "seeds/s.yml": "models:\n  - name: s\n    columns: [{ name: id, data_tests: [not_null] }]\n",
      },
      [{ call: "build", says: ['"s" is a seed, and is described under "models".'], statuses: { s: "success" } }],
    );
  });
});
