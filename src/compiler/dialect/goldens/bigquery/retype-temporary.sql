create or replace table `p`.`_tsdbt`.`orders__dbt_tmp`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 12 hour))
as (
select * replace (
  cast(`id` as STRING) as `id`
)
from `p`.`_tsdbt`.`orders__dbt_tmp`
);
