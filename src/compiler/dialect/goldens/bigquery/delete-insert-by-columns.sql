delete from `p`.`shop`.`orders` as DBT_INCREMENTAL_TARGET
where exists (
  select 1 from `p`.`_tsdbt`.`orders__dbt_tmp` as staged where staged.`id` = DBT_INCREMENTAL_TARGET.`id`
) and (id <> 1);

insert into `p`.`shop`.`orders` (`id`, `name`)
select `id`, `name` from `p`.`_tsdbt`.`orders__dbt_tmp`;
