create or replace table `p`.`_tsdbt`.`shop__orders__dbt_seed`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as (
select * from unnest(array<struct<c1 string, c2 string>>[
  struct('1', 'x…')
])
);

insert into `p`.`_tsdbt`.`shop__orders__dbt_seed` (c1, c2)
select c1, c2 from unnest(array<struct<c1 string, c2 string>>[
  struct('2', 'y…')
]);

create or replace table `p`.`shop`.`orders`
as (
select
  cast(c1 as INT64) as `id`,
  cast(c2 as STRING) as `text`
from `p`.`_tsdbt`.`shop__orders__dbt_seed`
);

drop table if exists `p`.`_tsdbt`.`shop__orders__dbt_seed`;
