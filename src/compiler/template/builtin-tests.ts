import type { SourceFile } from "../../domain/source-file.ts";

/** The generic tests that come with tsdbt: their rows are the failures (CONFORMANCE_CASES §9). */
export const builtinTests: SourceFile = {
  path: "tsdbt/tests.sql",
  text: `{% test not_null(model, column_name) %}
select {{ '*' if should_store_failures() else column_name }}
from {{ model }}
where {{ column_name }} is null
{% endtest %}

{% test unique(model, column_name) %}
select
    {{ column_name }} as unique_field,
    count(*) as n_records
from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1
{% endtest %}

{% test accepted_values(model, column_name, values, quote=true) %}
with all_values as (

    select
        {{ column_name }} as value_field,
        count(*) as n_records
    from {{ model }}
    group by {{ column_name }}

)

select *
from all_values
where value_field not in (
    {%- for value in values %}
    {{ string_literal(value) if quote else value }}{{ ',' if not loop.last }}
    {%- endfor %}
)
{% endtest %}

{% test relationships(model, column_name, to, field) %}
with child as (

    select {{ column_name }} as from_field
    from {{ model }}
    where {{ column_name }} is not null

),

parent as (

    select {{ field }} as to_field
    from {{ to }}

)

select from_field
from child
left join parent on child.from_field = parent.to_field
where parent.to_field is null
{% endtest %}
`,
};

/** What is asked of a test's rows: one row that says how many there are and whether that is worth a warning or an error. */
export const testQuery: SourceFile = {
  path: "tsdbt/test-query.sql",
  text: `select
    {{ fail_calc }} as failures,
    {{ fail_calc }} {{ warn_if }} as should_warn,
    {{ fail_calc }} {{ error_if }} as should_error
from (
{{ rows }}
{{ 'limit ' ~ limit if limit }}
) dbt_internal_test
`,
};
