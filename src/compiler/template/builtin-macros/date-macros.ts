import type { SourceFile } from "../../../domain/source-file.ts";

/** Dates and times: dbt's cross-database macros for both dialects (CONFORMANCE_CASES §8). */
export const dateMacros: SourceFile = {
  path: "tsdbt/macros/dates.sql",
  text: `{% macro date(year, month, day) %}
  {{- return(adapter.dispatch('date', 'dbt')(year, month, day)) -}}
{% endmacro %}

{% macro default__date(year, month, day) -%}
  {%- set found = modules.datetime.date(year | int, month | int, day | int) -%}
  to_date('{{ found.strftime('%Y-%m-%d') }}', 'YYYY-MM-DD')
{%- endmacro %}

{% macro duckdb__date(year, month, day) -%}
  make_date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro bigquery__date(year, month, day) -%}
  date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}

{% macro date_trunc(datepart, date) %}
  {{- return(adapter.dispatch('date_trunc', 'dbt')(datepart, date)) -}}
{% endmacro %}

{% macro default__date_trunc(datepart, date) -%}
  date_trunc('{{ datepart }}', {{ date }})
{%- endmacro %}

{% macro bigquery__date_trunc(datepart, date) -%}
  timestamp_trunc(cast({{ date }} as timestamp), {{ datepart }})
{%- endmacro %}

{% macro last_day(date, datepart) %}
  {{- return(adapter.dispatch('last_day', 'dbt')(date, datepart)) -}}
{% endmacro %}

{% macro default__last_day(date, datepart) -%}
  cast({{ dateadd('day', '-1', dateadd(datepart, '1', date_trunc(datepart, date))) }} as date)
{%- endmacro %}

{% macro duckdb__last_day(date, datepart) -%}
  {%- if datepart == 'quarter' -%}
    cast({{ dateadd('day', '-1', dateadd('month', '3', date_trunc(datepart, date))) }} as date)
  {%- else -%}
    {{ default__last_day(date, datepart) }}
  {%- endif -%}
{%- endmacro %}

{% macro dateadd(datepart, interval, from_date_or_timestamp) %}
  {{- return(adapter.dispatch('dateadd', 'dbt')(datepart, interval, from_date_or_timestamp)) -}}
{% endmacro %}

{% macro default__dateadd(datepart, interval, from_date_or_timestamp) -%}
  dateadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}

{% macro duckdb__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {%- set parts = {'quarter': ['month', 3], 'week': ['day', 7]} -%}
  {%- set part, times = parts.get(datepart | lower, [datepart, 1]) -%}
  {%- set count = 'cast(' ~ interval ~ ' as bigint)' -%}
  ({{ from_date_or_timestamp }} + {{ count if times == 1 else '(' ~ count ~ ' * ' ~ times ~ ')' }} * interval 1 {{ part }})
{%- endmacro %}

{% macro bigquery__dateadd(datepart, interval, from_date_or_timestamp) -%}
  datetime_add(cast({{ from_date_or_timestamp }} as datetime), interval {{ interval }} {{ datepart }})
{%- endmacro %}

{% macro datediff(first_date, second_date, datepart) %}
  {{- return(adapter.dispatch('datediff', 'dbt')(first_date, second_date, datepart)) -}}
{% endmacro %}

{% macro default__datediff(first_date, second_date, datepart) -%}
  datediff({{ datepart }}, {{ first_date }}, {{ second_date }})
{%- endmacro %}

{% macro duckdb__datediff(first_date, second_date, datepart) -%}
  {%- if datepart | lower == 'week' -%}
    {#- Weeks begin on Sunday: the distance of the Sundays on or before both days. -#}
    {%- set sundays = [] -%}
    {%- for day in [first_date, second_date] -%}
      {%- do sundays.append("(cast(" ~ day ~ " as date) - cast(date_part('dow', cast(" ~ day ~ " as date)) as integer))") -%}
    {%- endfor -%}
    (({{ sundays[1] }} - {{ sundays[0] }}) // 7)
  {%- else -%}
    (date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp))
  {%- endif -%}
{%- endmacro %}

{% macro bigquery__datediff(first_date, second_date, datepart) -%}
  datetime_diff(cast({{ second_date }} as datetime), cast({{ first_date }} as datetime), {{ datepart }})
{%- endmacro %}

{% macro current_timestamp() %}
  {{- return(adapter.dispatch('current_timestamp', 'dbt')()) -}}
{% endmacro %}

{% macro default__current_timestamp() -%}
  current_timestamp
{%- endmacro %}

{% macro duckdb__current_timestamp() -%}
  now()
{%- endmacro %}

{% macro bigquery__current_timestamp() -%}
  current_timestamp()
{%- endmacro %}

{% macro current_timestamp_backcompat() %}
  {{- return(adapter.dispatch('current_timestamp_backcompat', 'dbt')()) -}}
{% endmacro %}

{% macro default__current_timestamp_backcompat() -%}
  current_timestamp::timestamp
{%- endmacro %}

{% macro bigquery__current_timestamp_backcompat() -%}
  current_timestamp()
{%- endmacro %}

{% macro current_timestamp_in_utc_backcompat() %}
  {{- return(adapter.dispatch('current_timestamp_in_utc_backcompat', 'dbt')()) -}}
{% endmacro %}

{% macro default__current_timestamp_in_utc_backcompat() -%}
  {{ current_timestamp_backcompat() }}
{%- endmacro %}

{% macro snapshot_get_time() %}
  {{- return(adapter.dispatch('snapshot_get_time', 'dbt')()) -}}
{% endmacro %}

{% macro default__snapshot_get_time() -%}
  {{ current_timestamp() }}
{%- endmacro %}

{% macro duckdb__snapshot_get_time() -%}
  {{ current_timestamp() }}::timestamp
{%- endmacro %}

{% macro convert_datetime(date_str, date_fmt) %}
  {{- return(modules.datetime.datetime.strptime(date_str, date_fmt)) -}}
{% endmacro %}

{% macro dates_in_range(start_date_str, end_date_str=none, in_fmt='%Y%m%d', out_fmt='%Y%m%d') %}
  {%- set end_date_str = start_date_str if end_date_str is none else end_date_str -%}
  {%- set start_date = convert_datetime(start_date_str, in_fmt) -%}
  {%- set day_count = (convert_datetime(end_date_str, in_fmt) - start_date).days -%}
  {%- if day_count < 0 -%}
    {%- do exceptions.raise_compiler_error('The end date lies before the start date ' ~ start_date_str) -%}
  {%- endif -%}
  {%- set found = [] -%}
  {%- for day in range(0, day_count + 1) -%}
    {%- set date = start_date + modules.datetime.timedelta(days=day) -%}
    {%- if out_fmt -%}{%- do found.append(date.strftime(out_fmt)) -%}{%- else -%}{%- do found.append(date) -%}{%- endif -%}
  {%- endfor -%}
  {{- return(found) -}}
{% endmacro %}

{% macro partition_range(raw_partition_date, date_fmt='%Y%m%d') %}
  {%- set bounds = (raw_partition_date | string).split(',') -%}
  {%- if bounds | length > 2 -%}
    {%- do exceptions.raise_compiler_error('A range of partitions is one date or two, found ' ~ raw_partition_date) -%}
  {%- endif -%}
  {{- return(dates_in_range(bounds[0], bounds[-1], in_fmt=date_fmt)) -}}
{% endmacro %}

{% macro py_current_timestring() %}
  {{- return(modules.datetime.datetime.now().strftime('%Y%m%d%H%M%S%f')) -}}
{% endmacro %}
`,
};
