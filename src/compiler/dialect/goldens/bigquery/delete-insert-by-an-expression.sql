delete from `p`.`shop`.`orders` as DBT_INCREMENTAL_TARGET
where (id, name) in (select (id, name) from `p`.`_tsdbt`.`orders__dbt_tmp`);

insert into `p`.`shop`.`orders` (`id`, `name`)
select `id`, `name` from `p`.`_tsdbt`.`orders__dbt_tmp`;
