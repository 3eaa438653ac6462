alter table `p`.`shop`.`orders`
  add column if not exists `new one` DATE;

alter table `p`.`shop`.`orders`
  drop column if exists `id`;

create or replace table `p`.`shop`.`orders`
as (
select * replace (
  cast(`name` as INT64) as `name`
)
from `p`.`shop`.`orders`
);
