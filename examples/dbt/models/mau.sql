{{ config(unique_key='event_month') }}

-- Monthly active users, by calendar month. Late events restate exactly their own months.

select
    cast(date_trunc('month', event_time) as date) as event_month,
    count(distinct distinct_id) as cnt,
    max(staged_until) as staged_until
from {{ ref('event_data') }}
{% if is_incremental() %}
where date_trunc('month', event_time) in (
    select date_trunc('month', event_time) from {{ ref('event_data') }} where {{ is_newer_than_watermark() }}
)
{% endif %}
group by all
