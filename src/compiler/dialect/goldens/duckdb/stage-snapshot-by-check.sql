create or replace temporary table "orders__dbt_tmp" as (
select source_data.*, snapshotted_data."dbt_scd_id" as dbt_replaced_scd_id
from (
  select *, (id) as "dbt_unique_key_1",
  md5(coalesce(cast(id as varchar), '') || '|' || coalesce(cast(make_timestamp(1704153600000000) as varchar), '')) as "dbt_scd_id",
  make_timestamp(1704153600000000) as "dbt_updated_at",
  make_timestamp(1704153600000000) as "dbt_valid_from",
  coalesce(nullif(make_timestamp(1704153600000000), make_timestamp(1704153600000000)), null) as "dbt_valid_to",
  'False' as "dbt_is_deleted"
  from "orders__dbt_source"
) as source_data
left join (
  select *, (id) as "dbt_unique_key_1"
  from "memory"."shop"."orders" as snapshot
  where snapshot."dbt_valid_to" is null
) as snapshotted_data on snapshotted_data."dbt_unique_key_1" = source_data."dbt_unique_key_1"
where snapshotted_data."dbt_unique_key_1" is null
  or snapshotted_data."name" is distinct from source_data."name"
  or snapshotted_data."dbt_is_deleted" = 'True'
);

create or replace temporary table "orders__dbt_deleted" as (
select snapshotted_data.*
from (
  select *, (id) as "dbt_unique_key_1"
  from "memory"."shop"."orders" as snapshot
  where snapshot."dbt_valid_to" is null
) as snapshotted_data
left join (
  select *, (id) as "dbt_unique_key_1"
  from "orders__dbt_source"
) as source_data on snapshotted_data."dbt_unique_key_1" = source_data."dbt_unique_key_1"
where source_data."dbt_unique_key_1" is null
  and snapshotted_data."dbt_is_deleted" is distinct from 'True'
);
