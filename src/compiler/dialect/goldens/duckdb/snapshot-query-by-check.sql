select *,
  md5(coalesce(cast(id as varchar), '') || '|' || coalesce(cast(make_timestamp(1704067200000000) as varchar), '')) as "dbt_scd_id",
  make_timestamp(1704067200000000) as "dbt_updated_at",
  make_timestamp(1704067200000000) as "dbt_valid_from",
  coalesce(nullif(make_timestamp(1704067200000000), make_timestamp(1704067200000000)), null) as "dbt_valid_to",
  'False' as "dbt_is_deleted"
from (
select 1 as id, 'a' as name union all select 2 as id, 'b' as name union all select 3 as id, 'c' as name
);
