delete from `p`.`shop`.`orders`
where cast(`seen` as timestamp) >= timestamp '2024-01-02 00:00:00+00:00' and cast(`seen` as timestamp) < timestamp '2024-01-03 00:00:00+00:00' and (id <> 3);

insert into `p`.`shop`.`orders` (`id`, `seen`)
select `id`, `seen` from `p`.`_tsdbt`.`orders__dbt_tmp`
where cast(`seen` as timestamp) >= timestamp '2024-01-02 00:00:00+00:00' and cast(`seen` as timestamp) < timestamp '2024-01-03 00:00:00+00:00';
