import type { SourceFile } from "../../../domain/source-file.ts";

/** Series of numbers and dates: dbt's cross-database macros for both dialects (CONFORMANCE_CASES §8). */
export const seriesMacros: SourceFile = {
  path: "tsdbt/macros/series.sql",
  text: `{% macro get_powers_of_two(upper_bound) %}
  {{- return(adapter.dispatch('get_powers_of_two', 'dbt')(upper_bound)) -}}
{% endmacro %}

{% macro default__get_powers_of_two(upper_bound) %}
  {%- if upper_bound <= 0 -%}
    {%- do exceptions.raise_compiler_error('The upper bound has to be positive') -%}
  {%- endif -%}
  {%- for power in range(1, 100) -%}
    {%- if upper_bound <= 2 ** power -%}{{- return(power) -}}{%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro generate_series(upper_bound) %}
  {{- return(adapter.dispatch('generate_series', 'dbt')(upper_bound)) -}}
{% endmacro %}

{% macro default__generate_series(upper_bound) %}
  {%- set powers = get_powers_of_two(upper_bound) %}
    with bits as (
        select 0 as generated_number union all select 1
    ),

    numbers as (
        select
            {%- for power in range(powers) %}
            b{{ power }}.generated_number * {{ 2 ** power }} +
            {%- endfor %}
            1 as generated_number
        from
            {%- for power in range(powers) %}
            {{ 'cross join ' if not loop.first }}bits as b{{ power }}
            {%- endfor %}
    )

    select generated_number
    from numbers
    where generated_number <= {{ upper_bound }}
    order by generated_number
{% endmacro %}

{% macro duckdb__generate_series(upper_bound) %}
    select generate_series as generated_number
    from generate_series(1, {{ upper_bound }})
{% endmacro %}

{% macro get_intervals_between(start_date, end_date, datepart) %}
  {{- return(adapter.dispatch('get_intervals_between', 'dbt')(start_date, end_date, datepart)) -}}
{% endmacro %}

{% macro default__get_intervals_between(start_date, end_date, datepart) %}
  {%- if not execute -%}{{- return(1) -}}{%- endif -%}
  {%- set found = run_query('select ' ~ datediff(start_date, end_date, datepart) ~ ' as intervals') -%}
  {{- return(found.columns[0].values()[0]) -}}
{% endmacro %}

{% macro date_spine(datepart, start_date, end_date) %}
  {{- return(adapter.dispatch('date_spine', 'dbt')(datepart, start_date, end_date)) -}}
{% endmacro %}

{% macro default__date_spine(datepart, start_date, end_date) %}
    with rawdata as (
        {{ generate_series(get_intervals_between(start_date, end_date, datepart)) }}
    ),

    all_periods as (
        select (
            {{ dateadd(datepart, 'row_number() over (order by generated_number) - 1', start_date) }}
        ) as date_{{ datepart }}
        from rawdata
    ),

    filtered as (
        select *
        from all_periods
        where date_{{ datepart }} <= {{ end_date }}
    )

    select * from filtered
{% endmacro %}
`,
};
