create or replace table `p`.`shop`.`orders`
partition by `day`
cluster by `id`, `seen`
options (expiration_timestamp = timestamp_add(current_timestamp(), interval 48 hour), labels = [('team', 'data'), ('it\'s', '')], tags = [('p/env', 'prod')], kms_key_name = 'projects/p/locations/eu/keyRings/r/cryptoKeys/k', require_partition_filter = false, partition_expiration_days = 1, enable_change_history = true)
as (
select 1 as id, date '2024-02-29' as day, timestamp '2024-02-29' as seen -- the first
);
