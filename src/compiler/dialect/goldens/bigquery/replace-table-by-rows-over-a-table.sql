create or replace table `p`.`shop`.`orders`
as (
select
  cast(c1 as INT64) as `id`
from unnest(array<struct<c1 string>>[
  
])
);
