import { describe, it } from "vitest";
import { play } from "./scenario.ts";

/** A model of the numbers up to 2, and then of 2 and 3 with other texts. */
function model(config: string): string {
  return `{{ config(materialized='incremental', unique_key='id', ${config}) }}
{% if is_incremental() %} select * from (values (2, 'B'), (3, 'C')) as v (id, name)
{% else %} select * from (values (1, 'a'), (2, 'b')) as v (id, name) {% endif %}`;
}

const rows = (...list: readonly string[]): Readonly<Record<string, readonly string[]>> => ({ "select * from m": list });

/** Only rows whose keys are new come in, in two statements, and how many there were is asked for. */
const onlyNew = `{% macro get_incremental_only_new_sql(args) %}
{% set before = run_query('select count(*) from ' ~ args['target_relation']).columns[0].values()[0] %}
{% set names = args['dest_columns'] | map(attribute='quoted') | join(', ') %}
insert into {{ args['target_relation'] }} ({{ names }})
select {{ names }} from {{ args['temp_relation'] }}
where {{ args['unique_key'] }} not in (select {{ args['unique_key'] }} from {{ args['target_relation'] }});
insert into {{ args['target_relation'] }} values ({{ before }}00, '{{ args['strategy'] }}')
{% endmacro %}`;

describe.concurrent("strategies of the project's own", () => {
  it("are macros that are called with the rows, may ask, and may write several statements", async () => {
    await play({ "models/m.sql": model("incremental_strategy='only_new'"), "macros/s.sql": onlyNew }, [
      { call: "run", shows: rows("1 | a", "2 | b") },
      { call: "run", shows: rows("1 | a", "2 | b", "3 | C", "200 | only_new") },
      { call: "run --full-refresh", shows: rows("1 | a", "2 | b") },
    ]);
  });

  it("take effect whole or not at all, and fail at their own line", async () => {
    const broken = onlyNew.replace("values ({{ before }}00,", "values ({{ before }}00 + nonsense,");
    await play({ "models/m.sql": model("incremental_strategy='only_new'"), "macros/s.sql": broken }, [
      { call: "run", shows: rows("1 | a", "2 | b") },
      { call: "run", exit: 1, says: ["nonsense"], shows: rows("1 | a", "2 | b") },
    ]);
  });

  it("stand in for those that there are, under their own name or by dispatch", async () => {
    const override = (name: string): string =>
      `{% macro ${name}(args) %} delete from {{ args['target_relation'] }}; {{ return(get_insert_into_sql(args['target_relation'], args['temp_relation'], args['dest_columns'])) }} {% endmacro %}`;
    for (const [name, config] of [
      ["get_incremental_merge_sql", "incremental_strategy='merge'"],
      ["duckdb__get_incremental_delete_insert_sql", "incremental_strategy='delete+insert'"],
      ["duckdb__get_incremental_default_sql", "tags=[]"],
    ] as const)
      await play({ "models/m.sql": model(config), "macros/s.sql": override(name) }, [
        { call: "run" },
        { call: "run", shows: rows("1 | a", "2 | b", "2 | B", "3 | C") },
      ]);
  });

  it("may call those that there are", async () => {
    const both = `{% macro get_incremental_both_sql(args) %}
{{ get_incremental_delete_insert_sql(args) }}; {{ get_incremental_append_sql(args) }}{% endmacro %}`;
    await play({ "models/m.sql": model("incremental_strategy='both'"), "macros/s.sql": both }, [
      { call: "run" },
      { call: "run", shows: rows("1 | a", "2 | B", "3 | C", "2 | B", "3 | C") },
    ]);
  });

  it("17: are missed at the first run", async () => {
    await play({ "models/m.sql": model("incremental_strategy='no_such'"), "models/other.sql": "select 1 as x" }, [
      {
        call: "run",
        exit: 1,
        statuses: { m: "error", other: "success" },
        says: ['could not find an incremental strategy macro with the name "get_incremental_no_such_sql"'],
      },
    ]);
    await play({ "models/m.sql": model("incremental_strategy='insert_overwrite'") }, [
      { call: "run", exit: 1, says: ['The strategy "insert_overwrite" replaces partitions, and DuckDB has none.'] },
    ]);
  });
});
