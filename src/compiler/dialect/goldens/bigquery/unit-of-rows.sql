alter table `p`.`shop`.`orders`
  add column if not exists `x` INT64;

begin transaction;

select 1 as remembered;

insert into `p`.`shop`.`orders` (`id`)
select `id` from `p`.`_tsdbt`.`shop__orders__dbt_tmp`;

commit transaction;
