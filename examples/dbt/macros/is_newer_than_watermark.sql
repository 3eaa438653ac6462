{# Rows of hours that were staged after the newest one that this model has read. #}
{% macro is_newer_than_watermark() -%}
    staged_until >= (select coalesce(max(staged_until), timestamp '0001-01-01') from {{ this }})
{%- endmacro %}
