import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf, query } from "./example-project.ts";

/** What packages of macros are made of: dispatch, questions, varargs, namespaces, recursion, call blocks. */
const kit = `{% macro surrogate_key(fields) %}{{ return(adapter.dispatch('surrogate_key', 'shop')(fields)) }}{% endmacro %}
{% macro default__surrogate_key(fields) %}
{%- set parts = [] -%}
{%- for field in fields -%}
  {%- do parts.append("coalesce(cast(" ~ field ~ " as " ~ dbt.type_string() ~ "), '_null_')") -%}
  {%- if not loop.last -%}{%- do parts.append("'-'") -%}{%- endif -%}
{%- endfor -%}
{{ dbt.hash(dbt.concat(parts)) }}
{% endmacro %}
{% macro star(from, except=[]) %}
{%- if not execute %}{{ return('*') }}{% endif -%}
{%- set names = [] -%}
{%- for column in adapter.get_columns_in_relation(from) if column.name | lower not in except -%}
  {%- do names.append(column.quoted) -%}
{%- endfor -%}
{{ names | join(', ') }}
{% endmacro %}
{% macro column_values(table, column) %}
{%- if not execute %}{{ return([]) }}{% endif -%}
{%- call statement('values', fetch_result=true) -%}
select {{ column }} as value from {{ table }} group by 1 order by count(*) desc, 1
{%- endcall -%}
{{ return(load_result('values')['data'] | map(attribute=0) | list) }}
{% endmacro %}
{% macro pivot(column, values, then) %}
{%- for value in values %}
sum(case when {{ column }} = '{{ dbt.escape_single_quotes(value) }}' then {{ then }} else 0 end) as {{ adapter.quote(value) }}{{ ',' if not loop.last }}
{%- endfor %}
{% endmacro %}
{% macro largest() %}
{%- set ns = namespace(most=varargs[0]) -%}
{%- for value in varargs if value > ns.most %}{% set ns.most = value %}{% endfor -%}
{{ return(ns.most) }}
{% endmacro %}
{% macro factorial(n) %}{{ return(1 if n <= 1 else n * factorial(n - 1)) }}{% endmacro %}
{% macro wrapped() %}select * from ({{ caller() }}) as wrapped{% endmacro %}
{% macro reset(names) %}
{%- for name in names -%}
  {%- set found = adapter.get_relation(target.database, target.schema, name) -%}
  {%- if found -%}{%- do adapter.drop_relation(found) -%}{{ log('dropped ' ~ found.identifier ~ ', a ' ~ found.type, info=true) }}{%- endif -%}
{%- endfor -%}
{% endmacro %}
{% macro fails() %}{% do run_query('select nope') %}{% endmacro %}
`;

const files = {
  "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n",
  "seeds/pay.csv": "id,method,amount\n1,card,10\n2,o'cash,20\n3,card,5\n",
  "macros/kit.sql": kit,
  "models/keyed.sql":
    "select {{ surrogate_key(['id', 'method']) }} as k, {{ star(ref('pay'), except=['amount']) }} from {{ ref('pay') }}\n",
  "models/pivoted.sql": `select id, {{ pivot('method', column_values(ref('pay'), 'method'), 'amount') }}
from {{ ref('pay') }} group by id
`,
  "models/days.sql": `{{ dbt.date_spine('day', "cast('2024-02-28' as date)", "cast('2024-03-01' as date)") }}\n`,
  "models/numbers.sql": `{% call wrapped() %}select {{ largest(3, 9, 4) }} as most, {{ factorial(5) }} as product{% endcall %}\n`,
  "models/added.sql": `{{ config(materialized='incremental', unique_key='id') }}
select {{ star(ref('pay')) }}, {{ surrogate_key(['id']) }} as k from {{ ref('pay') }}
{% if is_incremental() %}{% set known = column_values(this, 'id') %}
where id not in ({{ known | join(', ') }})
{% endif %}
`,
};

describe("macros such as packages have", () => {
  it("work in both run modes", async () => {
    const folder = projectOf(files);
    await succeed(folder, "build");
    await succeed(folder, "build");
    const rows = async (text: string): Promise<unknown> => query(folder, text, "shop");
    expect(await rows("select * from keyed order by id limit 1")).toEqual([
      { k: "89caa468463ccc6328f1671083bda971", id: 1, method: "card" },
    ]);
    expect(await rows("select * from pivoted order by id")).toEqual([
      { id: 1, card: 10, "o'cash": 0 },
      { id: 2, card: 0, "o'cash": 20 },
      { id: 3, card: 5, "o'cash": 0 },
    ]);
    expect(await rows("select cast(date_day as date) as day from days order by 1")).toEqual([
      { day: "2024-02-28" },
      { day: "2024-02-29" },
    ]);
    expect(await rows("select * from numbers")).toEqual([{ most: 9, product: 120 }]);
    expect(await rows("select count(*) as n, count(distinct k) as keys from added")).toEqual([{ n: 3, keys: 3 }]);
  });

  it("are called by run-operation, and by a query of the command line", async () => {
    const folder = projectOf(files);
    await succeed(folder, "build");
    const { out } = await succeed(folder, "run-operation", "reset", "--args", "{names: [numbers, nope]}");
    expect(out).toContain("dropped numbers, a view");
    expect(await query(folder, "select count(*) as n from duckdb_views() where view_name = 'numbers'", "shop")).toEqual(
      [{ n: 0 }],
    );
    const shown = await succeed(folder, "show", "--inline", "select {{ star(ref('pay')) }} from {{ ref('pay') }}");
    expect(shown.out).toContain("| id | method | amount |");
  });

  it("that are not there or fail are told, with dbt's exit codes", async () => {
    const folder = projectOf(files);
    await succeed(folder, "seed");
    const missing = await tsdbt(folder, "run-operation", "nope");
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('There is no macro "nope"')]);
    const failing = await tsdbt(folder, "run-operation", "shop.fails");
    expect([failing.code, failing.err]).toEqual([1, expect.stringContaining("macros/kit.sql")]);
    const wrong = await tsdbt(folder, "run-operation", "factorial", "--args", "{m: 1}");
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('takes no argument "m"')]);
    expect((await tsdbt(folder, "run-operation", "factorial", "--args", "[1")).code).toBe(2);
  });
});
