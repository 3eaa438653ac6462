import type { SourceFile } from "../../../domain/source-file.ts";

/** Texts: dbt's cross-database macros for both dialects (CONFORMANCE_CASES §8). */
export const textMacros: SourceFile = {
  path: "tsdbt/macros/texts.sql",
  text: `{% macro concat(fields) %}
  {{- return(adapter.dispatch('concat', 'dbt')(fields)) -}}
{% endmacro %}

{% macro default__concat(fields) -%}
  {{ fields | join(' || ') }}
{%- endmacro %}

{% macro length(expression) %}
  {{- return(adapter.dispatch('length', 'dbt')(expression)) -}}
{% endmacro %}

{% macro default__length(expression) -%}
  length({{ expression }})
{%- endmacro %}

{% macro replace(field, old_chars, new_chars) %}
  {{- return(adapter.dispatch('replace', 'dbt')(field, old_chars, new_chars)) -}}
{% endmacro %}

{% macro default__replace(field, old_chars, new_chars) -%}
  replace({{ field }}, {{ old_chars }}, {{ new_chars }})
{%- endmacro %}

{% macro right(string_text, length_expression) %}
  {{- return(adapter.dispatch('right', 'dbt')(string_text, length_expression)) -}}
{% endmacro %}

{% macro default__right(string_text, length_expression) -%}
  right({{ string_text }}, {{ length_expression }})
{%- endmacro %}

{% macro bigquery__right(string_text, length_expression) -%}
  case when {{ length_expression }} = 0 then '' else substr({{ string_text }}, -1 * ({{ length_expression }})) end
{%- endmacro %}

{% macro position(substring_text, string_text) %}
  {{- return(adapter.dispatch('position', 'dbt')(substring_text, string_text)) -}}
{% endmacro %}

{% macro default__position(substring_text, string_text) -%}
  position({{ substring_text }} in {{ string_text }})
{%- endmacro %}

{% macro bigquery__position(substring_text, string_text) -%}
  strpos({{ string_text }}, {{ substring_text }})
{%- endmacro %}

{% macro split_part(string_text, delimiter_text, part_number) %}
  {{- return(adapter.dispatch('split_part', 'dbt')(string_text, delimiter_text, part_number)) -}}
{% endmacro %}

{% macro default__split_part(string_text, delimiter_text, part_number) -%}
  split_part({{ string_text }}, {{ delimiter_text }}, {{ part_number }})
{%- endmacro %}

{% macro duckdb__split_part(string_text, delimiter_text, part_number) -%}
  string_split({{ string_text }}, {{ delimiter_text }})[ {{ part_number }} ]
{%- endmacro %}

{% macro bigquery__split_part(string_text, delimiter_text, part_number) -%}
  {%- if part_number >= 0 -%}
    split({{ string_text }}, {{ delimiter_text }})[safe_offset({{ part_number - 1 }})]
  {%- else -%}
    split({{ string_text }}, {{ delimiter_text }})[safe_offset(
      array_length(split({{ string_text }}, {{ delimiter_text }})) {{ part_number }}
    )]
  {%- endif -%}
{%- endmacro %}

{% macro escape_single_quotes(expression) %}
  {{- return(adapter.dispatch('escape_single_quotes', 'dbt')(expression)) -}}
{% endmacro %}

{% macro default__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "''") }}
{%- endmacro %}

{% macro bigquery__escape_single_quotes(expression) -%}
  {{ expression | replace("'", "\\\\'") }}
{%- endmacro %}

{% macro string_literal(value) %}
  {{- return(adapter.dispatch('string_literal', 'dbt')(value)) -}}
{% endmacro %}

{% macro default__string_literal(value) -%}
  '{{ value }}'
{%- endmacro %}

{% macro bigquery__string_literal(value) -%}
  {{ ["'" * 3, value, "'" * 3] | join }}
{%- endmacro %}
`,
};
