create or replace table `p`.`shop`.`orders`
as (
select 1 as id, 'a' as name -- the first of all
);
