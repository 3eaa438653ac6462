create or replace table `p`.`shop`.`orders`
partition by range_bucket(`id`, generate_array(0, 100, 10))
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);
