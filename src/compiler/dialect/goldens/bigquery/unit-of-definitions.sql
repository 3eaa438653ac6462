create or replace table `p`.`shop`.`orders`
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);

select 1 as remembered;
