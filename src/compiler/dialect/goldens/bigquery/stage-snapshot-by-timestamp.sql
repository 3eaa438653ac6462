create or replace table `p`.`_tsdbt`.`orders__dbt_tmp`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as (
select source_data.*, snapshotted_data.`dbt_scd_id` as dbt_replaced_scd_id
from (
  select *, (id) as `dbt_unique_key_1`,
  to_hex(md5(coalesce(cast(id as string), '') || '|' || coalesce(cast(seen as string), ''))) as `dbt_scd_id`,
  seen as `dbt_updated_at`,
  seen as `dbt_valid_from`,
  coalesce(nullif(seen, seen), timestamp '9999-12-31') as `dbt_valid_to`
  from `p`.`_tsdbt`.`orders__dbt_source`
) as source_data
left join (
  select *, (id) as `dbt_unique_key_1`
  from `p`.`shop`.`orders` as snapshot
  where (snapshot.`dbt_valid_to` = timestamp '9999-12-31' or snapshot.`dbt_valid_to` is null)
) as snapshotted_data on snapshotted_data.`dbt_unique_key_1` = source_data.`dbt_unique_key_1`
where snapshotted_data.`dbt_unique_key_1` is null
  or snapshotted_data.`dbt_valid_from` < source_data.seen
);
