drop table if exists `p`.`shop`.`orders__dbt_new`;

create or replace table `p`.`shop`.`orders__dbt_new`
as (
select 1 as id, 'a' as name -- the first of all
);

drop view `p`.`shop`.`orders`;

alter table `p`.`shop`.`orders__dbt_new` rename to `orders`;
