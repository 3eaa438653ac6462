create or replace table `p`.`shop`.`orders`
partition by date_trunc(`day`, month)
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);
