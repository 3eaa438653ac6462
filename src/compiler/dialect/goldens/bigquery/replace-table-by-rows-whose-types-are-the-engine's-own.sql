create or replace table `p`.`shop`.`orders`
as (
select
  cast(c1 as timestamp) as moment
from unnest(array<struct<c1 string>>[
  struct('2024-02-29 01:02:03')
])
);
