create or replace table `p`.`_tsdbt`.`orders__dbt_tmp`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as (
select source_data.*, snapshotted_data.`dbt_scd_id` as dbt_replaced_scd_id
from (
  select *, (id) as `dbt_unique_key_1`,
  to_hex(md5(coalesce(cast(id as string), '') || '|' || coalesce(cast(timestamp_micros(1704153600000000) as string), ''))) as `dbt_scd_id`,
  timestamp_micros(1704153600000000) as `dbt_updated_at`,
  timestamp_micros(1704153600000000) as `dbt_valid_from`,
  coalesce(nullif(timestamp_micros(1704153600000000), timestamp_micros(1704153600000000)), null) as `dbt_valid_to`,
  'False' as `dbt_is_deleted`
  from `p`.`_tsdbt`.`orders__dbt_source`
) as source_data
left join (
  select *, (id) as `dbt_unique_key_1`
  from `p`.`shop`.`orders` as snapshot
  where snapshot.`dbt_valid_to` is null
) as snapshotted_data on snapshotted_data.`dbt_unique_key_1` = source_data.`dbt_unique_key_1`
where snapshotted_data.`dbt_unique_key_1` is null
  or snapshotted_data.`name` is distinct from source_data.`name`
  or snapshotted_data.`dbt_is_deleted` = 'True'
);

create or replace table `p`.`_tsdbt`.`orders__dbt_deleted`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as (
select snapshotted_data.*
from (
  select *, (id) as `dbt_unique_key_1`
  from `p`.`shop`.`orders` as snapshot
  where snapshot.`dbt_valid_to` is null
) as snapshotted_data
left join (
  select *, (id) as `dbt_unique_key_1`
  from `p`.`_tsdbt`.`orders__dbt_source`
) as source_data on snapshotted_data.`dbt_unique_key_1` = source_data.`dbt_unique_key_1`
where source_data.`dbt_unique_key_1` is null
  and snapshotted_data.`dbt_is_deleted` is distinct from 'True'
);
