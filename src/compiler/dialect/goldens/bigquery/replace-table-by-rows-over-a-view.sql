drop table if exists `p`.`shop`.`orders__dbt_new`;

create or replace table `p`.`shop`.`orders__dbt_new`
as (
select
  cast(c1 as INT64) as `id`
from unnest(array<struct<c1 string>>[
  struct('1'),
  struct(null)
])
);

drop view `p`.`shop`.`orders`;

alter table `p`.`shop`.`orders__dbt_new` rename to `orders`;
