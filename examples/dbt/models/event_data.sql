{{ config(unique_key='uuid') }}

-- One row an event: its latest pull wins, by the pull's name and then by the position in it. A pull that repeats the content
-- before it changes nothing: the row stays that of the first such pull.

with pulls as (

    select * from {{ ref('pulls') }}
    {% if is_incremental() %}
    -- of the events that newly staged hours touch, all pulls
    where uuid in (select uuid from {{ ref('pulls') }} where {{ is_newer_than_watermark() }})
    {% endif %}

),

versions as (

    select
        *,
        lag(content_hash) over (partition by uuid order by file, position) as previous_hash
    from pulls

)

select
    * exclude (position, content_hash, previous_hash) replace (
        try_cast(geoip_latitude as double) as geoip_latitude,
        try_cast(geoip_longitude as double) as geoip_longitude
    )
from versions
where previous_hash is distinct from content_hash
qualify row_number() over (partition by uuid order by file desc, position desc) = 1
