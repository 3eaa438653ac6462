create or replace table `p`.`shop`.`orders` (
  `id` INT64 not null,
  `name` STRING,
  primary key (`id`, `name`) not enforced
)
as (
select `id`, `name` from (
select 'a' as name, 1 as id
)
);
