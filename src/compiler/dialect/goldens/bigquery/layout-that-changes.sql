drop table if exists `p`.`shop`.`orders__dbt_new`;

create or replace table `p`.`shop`.`orders__dbt_new`
partition by `day`
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);

drop table if exists `p`.`shop`.`orders__dbt_backup`;

alter table `p`.`shop`.`orders` rename to `orders__dbt_backup`;

alter table `p`.`shop`.`orders__dbt_new` rename to `orders`;

drop table `p`.`shop`.`orders__dbt_backup`;
