import type { SourceFile } from "../../../domain/source-file.ts";

/** What materializations of the project's own and its packages do with relations: dbt's macros of these names. */
export const relationMacros: SourceFile = {
  path: "tsdbt/macros/relations.sql",
  text: `{% macro get_columns_in_query(select_sql) %}
  {{- return(adapter.dispatch('get_columns_in_query', 'dbt')(select_sql)) -}}
{% endmacro %}

{% macro default__get_columns_in_query(select_sql) %}
  {%- if not execute -%}{{- return([]) -}}{%- endif -%}
  {{- return(adapter.get_column_schema_from_query(select_sql) | map(attribute='name') | list) -}}
{% endmacro %}

{% macro get_column_schema_from_query(select_sql, select_sql_header=none) %}
  {{- return(adapter.get_column_schema_from_query(select_sql)) -}}
{% endmacro %}

{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
  select * from (
    {{ select_sql }}
  ) as __dbt_sbq
  where false
  limit 0
{%- endmacro %}

{% macro get_columns_in_relation(relation) %}
  {{- return(adapter.get_columns_in_relation(relation)) -}}
{% endmacro %}

{% macro list_relations_without_caching(schema_relation) %}
  {{- return(adapter.list_relations_without_caching(schema_relation)) -}}
{% endmacro %}

{% macro load_cached_relation(relation) %}
  {{- return(adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier)) -}}
{% endmacro %}

{% macro load_relation(relation) %}
  {{- return(load_cached_relation(relation)) -}}
{% endmacro %}

{% macro check_schema_exists(information_schema, schema) %}
  {{- return(adapter.check_schema_exists(information_schema.database, schema)) -}}
{% endmacro %}

{% macro create_schema(relation) %}
  {%- do adapter.create_schema(relation) -%}
{% endmacro %}

{% macro drop_schema(relation) %}
  {%- do adapter.drop_schema(relation) -%}
{% endmacro %}

{% macro drop_relation(relation) %}
  {%- do adapter.drop_relation(relation) -%}
{% endmacro %}

{% macro drop_relation_if_exists(relation) %}
  {%- if relation is not none and relation -%}
    {%- do adapter.drop_relation(relation) -%}
  {%- endif -%}
{% endmacro %}

{% macro drop_schema_named(schema_name) %}
  {{- return(adapter.dispatch('drop_schema_named', 'dbt')(schema_name)) -}}
{% endmacro %}

{% macro default__drop_schema_named(schema_name) %}
  {%- do adapter.drop_schema(api.Relation.create(database=target.database, schema=schema_name)) -%}
{% endmacro %}

{% macro rename_relation(from_relation, to_relation) %}
  {%- do adapter.rename_relation(from_relation, to_relation) -%}
{% endmacro %}

{% macro truncate_relation(relation) %}
  {%- do adapter.truncate_relation(relation) -%}
{% endmacro %}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}
  {{- return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) -}}
{% endmacro %}

{% macro default__make_intermediate_relation(base_relation, suffix) %}
  {{- return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) -}}
{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}
  {{- return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, suffix)) -}}
{% endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) %}
  {{- return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) -}}
{% endmacro %}

{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {{- return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix ~ py_current_timestring(), 'schema': none, 'database': none})) -}}
{% endmacro %}

{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}
  {{- return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) -}}
{% endmacro %}

{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {{- return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix}, type=backup_relation_type)) -}}
{% endmacro %}

{% macro get_or_create_relation(database, schema, identifier, type) %}
  {%- set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
  {%- if found -%}{{- return([true, found]) -}}{%- endif -%}
  {{- return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) -}}
{% endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
{%- endmacro %}

{% macro default__create_table_as(temporary, relation, compiled_code) -%}
  create {{ 'temporary ' if temporary }}table {{ relation.include(database=not temporary, schema=not temporary) }} as (
    {{ compiled_code }}
  )
{%- endmacro %}

{% macro get_create_table_as_sql(temporary, relation, sql) -%}
  {{ adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql) }}
{%- endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}
  {{ create_table_as(temporary, relation, sql) }}
{%- endmacro %}

{% macro create_view_as(relation, sql) -%}
  {{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__create_view_as(relation, sql) -%}
  create view {{ relation }} as (
    {{ sql }}
  )
{%- endmacro %}

{% macro bigquery__create_view_as(relation, sql) -%}
  create or replace view {{ relation }} as {{ sql }}
{%- endmacro %}

{% macro get_create_view_as_sql(relation, sql) -%}
  {{ create_view_as(relation, sql) }}
{%- endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}
  {%- set names = dest_columns | map(attribute='quoted') | join(', ') -%}
  insert into {{ target_relation }} ({{ names }})
  (
    select {{ names }}
    from {{ temp_relation }}
  )
{%- endmacro %}

{% macro get_incremental_append_sql(arg_dict) %}
  {{- return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) -}}
{% endmacro %}

{% macro default__get_incremental_append_sql(arg_dict) %}
  {{- return(get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'])) -}}
{% endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) %}
  {{- return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) -}}
{% endmacro %}

{% macro default__get_incremental_delete_insert_sql(arg_dict) %}
  {{- return(get_delete_insert_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) -}}
{% endmacro %}

{% macro get_incremental_merge_sql(arg_dict) %}
  {{- return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) -}}
{% endmacro %}

{% macro default__get_incremental_merge_sql(arg_dict) %}
  {{- return(get_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) -}}
{% endmacro %}

{% macro get_incremental_default_sql(arg_dict) %}
  {{- return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) -}}
{% endmacro %}

{% macro default__get_incremental_default_sql(arg_dict) %}
  {{- return(get_incremental_append_sql(arg_dict)) -}}
{% endmacro %}

{% macro duckdb__get_incremental_default_sql(arg_dict) %}
  {{- return(get_incremental_delete_insert_sql(arg_dict) if arg_dict['unique_key'] else get_incremental_append_sql(arg_dict)) -}}
{% endmacro %}

{% macro bigquery__get_incremental_default_sql(arg_dict) %}
  {{- return(get_incremental_merge_sql(arg_dict)) -}}
{% endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {{ adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}

{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set keys = convert_to_list(unique_key, []) -%}
  {%- if keys -%}
  delete from {{ target }} as DBT_INTERNAL_DEST
  where exists (
    select 1 from {{ source }} as DBT_INTERNAL_SOURCE
    where {% for key in keys %}DBT_INTERNAL_SOURCE.{{ key }} = DBT_INTERNAL_DEST.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
  )
  {%- for predicate in incremental_predicates or [] %}
  and {{ predicate }}
  {%- endfor %};
  {% endif -%}
  {{ get_insert_into_sql(target, source, dest_columns) }}
{%- endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}
  {%- if merge_update_columns and merge_exclude_columns -%}
    {%- do exceptions.raise_compiler_error('Give merge_update_columns or merge_exclude_columns, not both') -%}
  {%- endif -%}
  {%- if merge_update_columns -%}{{- return(merge_update_columns) -}}{%- endif -%}
  {%- set excluded = convert_to_list(merge_exclude_columns, []) | map('lower') | list -%}
  {%- set found = [] -%}
  {%- for column in dest_columns if column.name | lower not in excluded -%}{%- do found.append(column.quoted) -%}{%- endfor -%}
  {{- return(found) -}}
{% endmacro %}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {{ adapter.dispatch('get_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates) }}
{%- endmacro %}

{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- set keys = convert_to_list(unique_key, []) -%}
  {%- set conditions = (incremental_predicates or []) | list -%}
  {%- for key in keys -%}
    {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
  {%- else -%}
    {%- do conditions.append('false') -%}
  {%- endfor -%}
  {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}
  {%- set names = dest_columns | map(attribute='quoted') | list -%}
  merge into {{ target }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  on ({{ conditions | join(') and (') }})
  {%- if keys %}
  when matched then update set
    {% for column in updated %}{{ column }} = DBT_INTERNAL_SOURCE.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
  {%- endif %}
  when not matched then insert ({{ names | join(', ') }})
  values ({% for column in names %}DBT_INTERNAL_SOURCE.{{ column }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro get_quoted_csv(column_names) %}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}{%- do quoted.append(adapter.quote(name)) -%}{%- endfor -%}
  {{- return(quoted | join(', ')) -}}
{% endmacro %}

{% macro diff_columns(source_columns, target_columns) %}
  {%- set known = target_columns | map(attribute='column') | list -%}
  {%- set found = [] -%}
  {%- for column in source_columns if column.column not in known -%}{%- do found.append(column) -%}{%- endfor -%}
  {{- return(found) -}}
{% endmacro %}

{% macro get_where_subquery(relation) -%}
  {{ adapter.dispatch('get_where_subquery', 'dbt')(relation) }}
{%- endmacro %}

{% macro default__get_where_subquery(relation) -%}
  {%- set where = config.get('where', '') -%}
  {%- if where -%}(select * from {{ relation }} where {{ where }}) dbt_subquery{%- else -%}{{ relation }}{%- endif -%}
{%- endmacro %}

{% macro get_limit_subquery_sql(sql, limit) -%}
  select *
  from (
    {{ sql }}
  ) as model_limit_subq
  limit {{ limit }}
{%- endmacro %}

{% macro get_limit_sql(sql, limit) -%}
  {{ sql }}
  {%- if limit is not none %}
  limit {{ limit }}
  {%- endif %}
{%- endmacro %}

{% macro apply_grants(relation, grant_config, should_revoke=true) %}
  {%- if grant_config -%}{%- do exceptions.warn('Grants are passed over: DuckDB has none') -%}{%- endif -%}
{% endmacro %}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) %}
  {%- if for_relation and config.persist_relation_docs() and model.description -%}
    {%- set kind = 'view' if relation.type == 'view' else 'table' -%}
    {%- do run_query('comment on ' ~ kind ~ ' ' ~ relation ~ " is '" ~ escape_single_quotes(model.description) ~ "'") -%}
  {%- endif -%}
{% endmacro %}

{% macro create_indexes(relation) %}
  {%- for index in config.get('indexes', default=[]) -%}
    {%- set name = local_md5(relation ~ index) -%}
    {%- do run_query('create ' ~ ('unique ' if index.get('unique')) ~ 'index if not exists "' ~ name ~ '" on ' ~ relation ~ ' (' ~ (index.columns | join(', ')) ~ ')') -%}
  {%- endfor -%}
{% endmacro %}
`,
};
