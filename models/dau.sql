{{ config(unique_key='event_date') }}

-- Daily active users. Late events restate exactly their own days.

select
    date(event_time) as event_date,
    count(distinct distinct_id) as cnt,
    max(dl_updated_at) as dl_updated_at
from {{ ref('event_data') }}
{% if is_incremental() %}
where date(event_time) in (
    select date(event_time)
    from {{ ref('event_data') }}
    where {{ is_newer_than_watermark() }}
)
{% endif %}
group by event_date
