import type { SourceFile } from "../../../domain/source-file.ts";

/** Aggregates, casts, comparisons and set operators: dbt's cross-database macros (CONFORMANCE_CASES §8). */
export const expressionMacros: SourceFile = {
  path: "tsdbt/macros/expressions.sql",
  text: `{% macro any_value(expression) %}
  {{- return(adapter.dispatch('any_value', 'dbt')(expression)) -}}
{% endmacro %}

{% macro default__any_value(expression) -%}
  any_value({{ expression }})
{%- endmacro %}

{% macro duckdb__any_value(expression) -%}
  arbitrary({{ expression }})
{%- endmacro %}

{% macro bool_or(expression) %}
  {{- return(adapter.dispatch('bool_or', 'dbt')(expression)) -}}
{% endmacro %}

{% macro default__bool_or(expression) -%}
  bool_or({{ expression }})
{%- endmacro %}

{% macro bigquery__bool_or(expression) -%}
  logical_or({{ expression }})
{%- endmacro %}

{% macro cast(field, type) %}
  {{- return(adapter.dispatch('cast', 'dbt')(field, type)) -}}
{% endmacro %}

{% macro default__cast(field, type) -%}
  cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro safe_cast(field, type) %}
  {{- return(adapter.dispatch('safe_cast', 'dbt')(field, type)) -}}
{% endmacro %}

{% macro default__safe_cast(field, type) -%}
  cast({{ field }} as {{ type }})
{%- endmacro %}

{% macro bigquery__safe_cast(field, type) -%}
  {%- if type | lower is in ['json'] and field is mapping -%}
    safe_cast(json {{ string_literal(tojson(field)) }} as {{ type }})
  {%- elif type.lower().startswith('array') and field is iterable and field is not string and field is not mapping -%}
    {%- set inner = type.lower().removeprefix('array<').removesuffix('>') -%}
    [ {%- for each in field %}{{ bigquery__safe_cast(each, inner) }}{{ ', ' if not loop.last }}{% endfor -%} ]
  {%- else -%}
    safe_cast({{ field }} as {{ type }})
  {%- endif -%}
{%- endmacro %}

{% macro cast_bool_to_text(field) %}
  {{- return(adapter.dispatch('cast_bool_to_text', 'dbt')(field)) -}}
{% endmacro %}

{% macro default__cast_bool_to_text(field) -%}
  cast({{ field }} as {{ api.Column.translate_type('string') }})
{%- endmacro %}

{% macro equals(expr1, expr2) %}
  {{- return(adapter.dispatch('equals', 'dbt')(expr1, expr2)) -}}
{% endmacro %}

{% macro default__equals(expr1, expr2) -%}
  ({{ expr1 }} = {{ expr2 }})
{%- endmacro %}

{% macro except() %}
  {{- return(adapter.dispatch('except', 'dbt')()) -}}
{% endmacro %}

{% macro default__except() -%}
  except
{%- endmacro %}

{% macro bigquery__except() -%}
  except distinct
{%- endmacro %}

{% macro intersect() %}
  {{- return(adapter.dispatch('intersect', 'dbt')()) -}}
{% endmacro %}

{% macro default__intersect() -%}
  intersect
{%- endmacro %}

{% macro bigquery__intersect() -%}
  intersect distinct
{%- endmacro %}

{% macro hash(field) %}
  {{- return(adapter.dispatch('hash', 'dbt')(field)) -}}
{% endmacro %}

{% macro default__hash(field) -%}
  md5(cast({{ field }} as {{ api.Column.translate_type('string') }}))
{%- endmacro %}

{% macro bigquery__hash(field) -%}
  to_hex({{ default__hash(field) }})
{%- endmacro %}

{% macro listagg(measure, delimiter_text="','", order_by_clause=none, limit_num=none) %}
  {{- return(adapter.dispatch('listagg', 'dbt')(measure, delimiter_text, order_by_clause, limit_num)) -}}
{% endmacro %}

{% macro default__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- set order = ' ' ~ order_by_clause if order_by_clause else '' -%}
  {%- if limit_num -%}
    list_aggr((array_agg({{ measure }}{{ order }}))[1:{{ limit_num }}], 'string_agg', {{ delimiter_text }})
  {%- else -%}
    string_agg({{ measure }}, {{ delimiter_text }}{{ order }})
  {%- endif -%}
{%- endmacro %}

{% macro bigquery__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  string_agg({{ measure }}, {{ delimiter_text }}
  {%- if order_by_clause %} {{ order_by_clause }}{% endif %}
  {%- if limit_num %} limit {{ limit_num }}{% endif %})
{%- endmacro %}
`,
};
