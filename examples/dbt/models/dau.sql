{{ config(unique_key='event_date') }}

-- Daily active users. Late events restate exactly their own days.

select
    cast(event_time as date) as event_date,
    count(distinct distinct_id) as cnt,
    max(staged_until) as staged_until
from {{ ref('event_data') }}
{% if is_incremental() %}
where cast(event_time as date) in (
    select cast(event_time as date) from {{ ref('event_data') }} where {{ is_newer_than_watermark() }}
)
{% endif %}
group by all
