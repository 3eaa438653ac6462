create or replace table `p`.`shop`.`orders`
partition by `day`
cluster by `id`
as (
select * replace (
  cast(`id` as STRING) as `id`
)
from `p`.`shop`.`orders`
);
