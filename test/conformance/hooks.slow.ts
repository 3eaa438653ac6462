import { describe, it } from "vitest";
import { nativeProject, play } from "./scenario.ts";

const log = (what: string): string => `insert into log values ('${what}')`;
const logTable = ["create table log (what varchar)"];
const logged = "select string_agg(what, ' ' order by rowid) from log";

describe("tier 3: hooks around a model", () => {
  it("56: run in the order of dbt, those of the project before those of the model, in every form", async () => {
    await play(
      {
        "project.yml": `${nativeProject}models:
  +pre-hook: "${log("project {{ this.identifier }}")}"
  shop:
    + post-hook:
      - sql: "${log("outside")}"
        transaction: false
      - "${log("project after")}"
`,
        "models/m.sql": `{{ config(
  materialized=var('kind', 'table'),
  pre_hook=["${log("list 1")}", {'sql': "${log("early")}", 'transaction': false}],
  post_hook='{"sql": "insert into log values ($$json$$)", "transaction": true}'
) }} select 1 as id`,
        "models/quiet.sql":
          "{{ config(pre_hook=\"{% if false %} select 1 {% endif %}\", enabled=var('quiet', false)) }} select 1 as id",
      },
      ["table", "view", "incremental", "incremental"].map((kind, index) => ({
        sql: index === 0 ? logTable : ["delete from log"],
        call: `run --vars '{kind: ${kind}, quiet: false}'`,
        shows: {
          [logged]: ["early project m list 1 project after json outside"],
          "select count(*) from m": [index === 3 ? "2" : "1"],
        },
      })),
    );
  });

  it("56: take part in the model's transaction, or do not", async () => {
    await play(
      {
        "models/m.sql": `{{ config(materialized=var('kind', 'table'),
  pre_hook=["${log("inside")}", {'sql': "${log("outside")}", 'transaction': false}], post_hook="${log("after")}") }}
select error('no') as x`,
      },
      [
        { sql: logTable, call: "run", exit: 1, says: ["no"], shows: { [logged]: ["outside"] } },
        {
          sql: ["create table m as select 1 as x"],
          call: "run --vars '{kind: incremental}'",
          exit: 1,
          shows: { [logged]: ["outside outside"], "from m": ["1"] },
        },
      ],
    );
  });

  it("a failing hook fails the model and leaves it as it was", async () => {
    const model = (hook: string): string => `{{ config(materialized='table', ${hook}) }} select 2 as id`;
    await play({ "models/m.sql": "{{ config(materialized='table') }} select 1 as id" }, [
      { call: "run" },
      ...["pre_hook='select no_such'", "post_hook='select no_such'"].map((hook) => ({
        files: { "models/m.sql": model(hook) },
        call: "run",
        exit: 1,
        says: ['There is no column "no_such"'],
        statuses: { m: "error" },
        shows: { "from m": ["1"] },
      })),
    ]);
  });

  it("read what they refer to after it is built, and belong to seeds too", async () => {
    await play(
      {
        "seeds/s.csv": "id\n1\n2\n",
        "project.yml": `${nativeProject}seeds:
  +post-hook: "insert into {{ this }} values (3)"
`,
        "models/z.sql": "select count(*) as n from {{ ref('s') }}",
        "models/a.sql": `{{ config(materialized='table', post_hook="insert into {{ this }} select n from {{ ref('z') }}") }} select 0 as n`,
      },
      [{ call: "build", shows: { "from a": ["0", "3"], "from s": ["1", "2", "3"] } }],
    );
  });

  it("tell what is wrong with them", async () => {
    await play(
      {
        "seeds/s.csv": "id\n1\n",
        "project.yml": `${nativeProject}seeds:
  +post-hook: "select * from {{ ref('a') }}"
`,
        "models/a.sql": "{{ config(**{'pre_hook': 'select 1', 'pre-hook': 'select 2'}) }} select 1 as id",
        "models/b.sql": "{{ config(pre_hook={'statement': 'select 1'}) }} select 1 as id",
        "models/c.sql": "{{ config(pre_hook='select {{ nonsense( }}') }} select 1 as id",
        "models/d.sql": "{{ config(pre_hook=\"select * from {{ ref('no_such') }}\") }} select 1 as id",
      },
      [
        {
          call: "build",
          exit: 2,
          says: [
            '"pre_hook" and "pre-hook" are one config',
            'A hook is a statement, or a mapping of "sql" and "transaction"',
            "models/c.sql, pre-hook 1",
            "no_such",
          ],
        },
      ],
    );
    await play(
      {
        "seeds/s.csv": "id\n1\n",
        "project.yml": `${nativeProject}seeds:
  +post-hook: "select * from {{ ref('a') }}"
`,
        "models/a.sql": "select 1 as id",
      },
      [{ call: "build", exit: 2, says: ['Seeds cannot depend on other nodes: a hook of "s" refers to one.'] }],
    );
  });

  it("sql_header comes before the model's own statement", async () => {
    await play(
      {
        "models/m.sql":
          "{{ config(materialized='table', sql_header='create or replace temporary macro twice(x) as x * 2;') }} select twice(2) as four",
      },
      [{ call: "run", shows: { "from m": ["4"] } }],
    );
  });
});

describe("tier 3: hooks around a run", () => {
  const project = `${nativeProject}on-run-start:
  - "create table if not exists log (what varchar)"
  - "${log("start {{ target.name }}")}"
on-run-end:
  - "{{ log_results(results) }}"
  - "insert into log values ('{{ schemas | sort | join(\\" \\") }}')"
  - "insert into log values ('{{ database_schemas | length }}')"
`;
  const macros = `{% macro log_results(results) %}
insert into log values {% for r in results %}('{{ r.node.name }}: {{ r.status }}'){{ ", " if not loop.last }}{% endfor %}
{% endmacro %}`;

  it("57: run before and after all else, and know how it ended", async () => {
    await play(
      {
        "project.yml": project,
        "macros/log.sql": macros,
        "models/a.sql": "select 1 as id",
        "models/b.sql": "{{ config(materialized='table', schema='more') }} select error('no') as x",
        "models/c.sql": "{{ config(schema='third') }} select * from {{ ref('b') }}",
        "models/d.sql": "{{ config(schema='fourth') }} select 1 as id",
      },
      [
        {
          call: "run",
          exit: 1,
          says: ["OK hook: shop.on-run-start.0"],
          statuses: { "shop-on-run-start-0": "success", a: "success", b: "error", "shop-on-run-end-2": "success" },
          shows: {
            "select what from log": [
              "start dev",
              "a: success",
              "b: error",
              "c: skipped",
              "d: success",
              "main main_fourth",
              "2",
            ],
          },
        },
        { call: "run --fail-fast --exclude d", exit: 1, statuses: { "shop-on-run-end-0": "success" } },
      ],
    );
  });

  it("57: a hook that fails at the start stops the others and all else, at the end it fails the run", async () => {
    const failing = `${nativeProject}on-run-start: ["select no_such", "create table log (x int)"]\n`;
    const end = `${nativeProject}on-run-end: ["select no_such", "create table log (x int)"]\n`;
    await play({ "project.yml": failing, "models/a.sql": "select 1 as id" }, [
      {
        call: "run",
        exit: 1,
        statuses: { "shop-on-run-start-0": "error", "shop-on-run-start-1": "skipped", a: "skipped" },
        shows: { "select count(*) from information_schema.tables where table_name = 'a'": ["0"] },
      },
      {
        files: { "project.yml": end },
        call: "run",
        exit: 1,
        statuses: { a: "success", "shop-on-run-end-0": "error", "shop-on-run-end-1": "success" },
      },
    ]);
  });
});
