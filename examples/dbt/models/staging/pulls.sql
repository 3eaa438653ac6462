-- Every record of every staged hour. A file is named by its hour: output_{start}_{end}.csv.

{% set columns = [
    'distinct_id', 'elements', 'event', 'event_time', 'file',
    'geoip_city_name', 'geoip_continent_code', 'geoip_continent_name', 'geoip_country_code', 'geoip_country_name',
    'geoip_latitude', 'geoip_longitude', 'geoip_subdivision_1_code', 'geoip_subdivision_1_name', 'geoip_time_zone',
    'uuid',
] %}

with records as (

    select
        *,
        row_number() over () as position
    from read_csv(
        '{{ var("staged") }}/output_*.csv',
        columns = { {%- for column in columns %}'{{ column }}': 'varchar'{{ ', ' if not loop.last }}{% endfor -%} },
        auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
        filename = 'staged_in', parallel = false
    )

)

select
    * exclude (event_time, staged_in),
    cast(event_time as timestamptz) at time zone 'UTC' as event_time,
    strptime(regexp_extract(staged_in, '_(\d{14})\.csv$', 1), '%Y%m%d%H%M%S') as staged_until,
    md5(to_json([{% for column in columns if column not in ('file', 'uuid') %}{{ column }}{{ ', ' if not loop.last }}{% endfor %}])) as content_hash
from records
