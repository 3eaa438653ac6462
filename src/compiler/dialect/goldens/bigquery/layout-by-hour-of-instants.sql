create or replace table `p`.`shop`.`orders`
partition by timestamp_trunc(`seen`, hour)
options (require_partition_filter = true, partition_expiration_days = 400)
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);
