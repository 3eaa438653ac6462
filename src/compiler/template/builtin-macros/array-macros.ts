import type { SourceFile } from "../../../domain/source-file.ts";

/** Arrays: dbt's cross-database macros for both dialects (CONFORMANCE_CASES §8). */
export const arrayMacros: SourceFile = {
  path: "tsdbt/macros/arrays.sql",
  text: `{% macro array_construct(inputs=[], data_type=none) %}
  {{- return(adapter.dispatch('array_construct', 'dbt')(inputs, data_type or api.Column.translate_type('integer'))) -}}
{% endmacro %}

{% macro default__array_construct(inputs, data_type) -%}
  {% if inputs | length > 0 -%} array[ {{ inputs | join(' , ') }} ] {%- else -%} array[]::{{ data_type }}[] {%- endif %}
{%- endmacro %}

{% macro bigquery__array_construct(inputs, data_type) -%}
  {% if inputs | length > 0 -%} [ {{ inputs | join(' , ') }} ] {%- else -%} array<{{ data_type }}>[] {%- endif %}
{%- endmacro %}

{% macro array_append(array, new_element) %}
  {{- return(adapter.dispatch('array_append', 'dbt')(array, new_element)) -}}
{% endmacro %}

{% macro default__array_append(array, new_element) -%}
  array_append({{ array }}, {{ new_element }})
{%- endmacro %}

{% macro bigquery__array_append(array, new_element) -%}
  {{ array_concat(array, array_construct([new_element])) }}
{%- endmacro %}

{% macro array_concat(array_1, array_2) %}
  {{- return(adapter.dispatch('array_concat', 'dbt')(array_1, array_2)) -}}
{% endmacro %}

{% macro default__array_concat(array_1, array_2) -%}
  array_cat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}

{% macro bigquery__array_concat(array_1, array_2) -%}
  array_concat({{ array_1 }}, {{ array_2 }})
{%- endmacro %}
`,
};
