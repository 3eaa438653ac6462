create or replace view `p`.`shop`.`orders__dbt_new`
as (
select 1 as id, 'a' as name -- the first of all
);

drop view `p`.`shop`.`orders__dbt_new`;

drop table `p`.`shop`.`orders`;

create or replace view `p`.`shop`.`orders`
as (
select 1 as id, 'a' as name -- the first of all
);
