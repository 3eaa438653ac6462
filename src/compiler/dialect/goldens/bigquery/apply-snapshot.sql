update `p`.`shop`.`orders` as target
set `dbt_valid_to` = ended.`dbt_updated_at`
from `p`.`_tsdbt`.`orders__dbt_tmp` as ended
where target.`dbt_scd_id` = ended.`dbt_replaced_scd_id`
  and target.`dbt_valid_to` is null;

update `p`.`shop`.`orders` as target
set `dbt_valid_to` = timestamp_micros(1704153600000000)
from `p`.`_tsdbt`.`orders__dbt_deleted` as ended
where target.`dbt_scd_id` = ended.`dbt_scd_id`
  and target.`dbt_valid_to` is null;

insert into `p`.`shop`.`orders` (`id`, `name`, `dbt_scd_id`, `dbt_updated_at`, `dbt_valid_from`, `dbt_valid_to`, `dbt_is_deleted`)
select `id`, `name`, to_hex(md5(coalesce(cast(`dbt_scd_id` as string), '') || '|' || coalesce(cast(timestamp_micros(1704153600000000) as string), ''))), timestamp_micros(1704153600000000), timestamp_micros(1704153600000000), `dbt_valid_to`, 'True'
from `p`.`_tsdbt`.`orders__dbt_deleted`;

insert into `p`.`shop`.`orders` (`id`, `name`, `dbt_scd_id`, `dbt_updated_at`, `dbt_valid_from`, `dbt_valid_to`, `dbt_is_deleted`)
select `id`, `name`, `dbt_scd_id`, `dbt_updated_at`, `dbt_valid_from`, `dbt_valid_to`, `dbt_is_deleted`
from `p`.`_tsdbt`.`orders__dbt_tmp`;
