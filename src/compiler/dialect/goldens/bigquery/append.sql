insert into `p`.`shop`.`orders` (`name`, `id`)
select `name`, `id` from `p`.`_tsdbt`.`orders__dbt_tmp`;
