{{ config(unique_key='event_month') }}

-- Monthly active users, by calendar month. Late events restate exactly their own months.

select
    date_trunc(date(event_time), month) as event_month,
    count(distinct distinct_id) as cnt,
    max(dl_updated_at) as dl_updated_at
from {{ ref('event_data') }}
{% if is_incremental() %}
where date_trunc(date(event_time), month) in (
    select date_trunc(date(event_time), month)
    from {{ ref('event_data') }}
    where {{ is_newer_than_watermark() }}
)
{% endif %}
group by event_month
