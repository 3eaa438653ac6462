import type { SourceFile } from "../../../domain/source-file.ts";

/** Where resources go, and what a run is asked to do: the macros of dbt that projects override (DBT_SEMANTICS §2). */
export const nameMacros: SourceFile = {
  path: "tsdbt/macros/names.sql",
  text: `{% macro generate_schema_name(custom_schema_name=none, node=none) %}
  {{- return(adapter.dispatch('generate_schema_name', 'dbt')(custom_schema_name, node)) -}}
{% endmacro %}

{% macro default__generate_schema_name(custom_schema_name, node) -%}
  {{ target.schema }}{{ '_' ~ (custom_schema_name | trim) if custom_schema_name is not none }}
{%- endmacro %}

{% macro generate_schema_name_for_env(custom_schema_name, node) -%}
  {{ custom_schema_name | trim if target.name == 'prod' and custom_schema_name is not none else target.schema }}
{%- endmacro %}

{% macro generate_database_name(custom_database_name=none, node=none) %}
  {{- return(adapter.dispatch('generate_database_name', 'dbt')(custom_database_name, node)) -}}
{% endmacro %}

{% macro default__generate_database_name(custom_database_name, node) -%}
  {{ target.database if custom_database_name is none else custom_database_name }}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) %}
  {{- return(adapter.dispatch('generate_alias_name', 'dbt')(custom_alias_name, node)) -}}
{% endmacro %}

{% macro default__generate_alias_name(custom_alias_name, node) -%}
  {%- if custom_alias_name -%}
    {{ custom_alias_name | trim }}
  {%- elif node.version -%}
    {{ node.name ~ '_v' ~ (node.version | replace('.', '_')) }}
  {%- else -%}
    {{ node.name }}
  {%- endif -%}
{%- endmacro %}

{% macro should_full_refresh() %}
  {%- set configured = config.get('full_refresh') -%}
  {{- return(flags.FULL_REFRESH if configured is none else configured) -}}
{% endmacro %}

{% macro should_store_failures() %}
  {%- set configured = config.get('store_failures') -%}
  {{- return(flags.STORE_FAILURES if configured is none else configured) -}}
{% endmacro %}

{% macro should_revoke(existing_relation, full_refresh_mode=true) %}
  {{- return(existing_relation is not none and existing_relation) -}}
{% endmacro %}

{% macro in_transaction(sql) -%}
  {{- return({'sql': sql, 'transaction': true}) -}}
{%- endmacro %}

{% macro before_begin(sql) -%}
  {{- return(tojson({'sql': sql, 'transaction': false})) -}}
{%- endmacro %}

{% macro after_commit(sql) -%}
  {{- return(tojson({'sql': sql, 'transaction': false})) -}}
{%- endmacro %}

{% macro make_hook_config(sql, inside_transaction) %}
  {{- return(tojson({'sql': sql, 'transaction': inside_transaction})) -}}
{% endmacro %}

{% macro run_hooks(hooks, inside_transaction=true) %}
  {%- for hook in hooks if hook.get('transaction', true) == inside_transaction -%}
    {%- set rendered = render(hook.get('sql')) | trim -%}
    {%- if rendered | length > 0 -%}
      {%- call statement(auto_begin=inside_transaction) -%}{{ rendered }}{%- endcall -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro set_sql_header(config) -%}
  {{ config.set('sql_header', caller()) }}
{%- endmacro %}

{% macro convert_to_list(value=none, default_value=none) %}
  {%- if value is none -%}{{- return(default_value) -}}{%- endif -%}
  {{- return(value if value is sequence and value is not string and value is not mapping else [value]) -}}
{% endmacro %}
`,
};
