select *,
  to_hex(md5(coalesce(cast(id as string), '') || '|' || coalesce(cast(timestamp_micros(1704067200000000) as string), ''))) as `dbt_scd_id`,
  timestamp_micros(1704067200000000) as `dbt_updated_at`,
  timestamp_micros(1704067200000000) as `dbt_valid_from`,
  coalesce(nullif(timestamp_micros(1704067200000000), timestamp_micros(1704067200000000)), null) as `dbt_valid_to`,
  'False' as `dbt_is_deleted`
from (
select 1 as id, 'a' as name union all select 2 as id, 'b' as name union all select 3 as id, 'c' as name
);
