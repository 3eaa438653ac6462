{# Rows that were loaded after the newest one that this model has read. #}
{% macro is_newer_than_watermark() -%}
    dl_updated_at > (
        select coalesce(max(dl_updated_at), timestamp '0001-01-01 00:00:00+00')
        from {{ this }}
    )
{%- endmacro %}
