create or replace view `p`.`shop`.`orders`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 2 hour), labels = [('team', 'data')])
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);
