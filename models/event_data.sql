{{ config(unique_key='uuid') }}

-- One row an event: its latest pull wins, by the pull's name and then by the position in it, in whatever order the pulls
-- arrived. A pull that repeats the content before it changes nothing: the row stays that of the first such pull.

with pulls as (

    select * from {{ source('staging', 'pulls') }}
    {% if is_incremental() %}
    -- of the events that newly loaded hours touch, all pulls
    where uuid in (
        select uuid
        from {{ source('staging', 'pulls') }}
        where {{ is_newer_than_watermark() }}
    )
    {% endif %}

),

versions as (

    select
        *,
        lag(content_hash) over (partition by uuid order by file, position) as previous_hash
    from pulls

)

select
    distinct_id,
    elements,
    event,
    event_time,
    file,
    geoip_city_name,
    geoip_continent_code,
    geoip_continent_name,
    geoip_country_code,
    geoip_country_name,
    safe_cast(geoip_latitude as float64) as geoip_latitude,
    safe_cast(geoip_longitude as float64) as geoip_longitude,
    geoip_subdivision_1_code,
    geoip_subdivision_1_name,
    geoip_time_zone,
    uuid,
    dl_updated_at
from versions
where previous_hash is null or previous_hash != content_hash
qualify row_number() over (partition by uuid order by file desc, position desc) = 1
