select cast(repeated.`id` as string) as `key`, copies
from (
  select `id`, count(*) as copies
  from `p`.`_tsdbt`.`orders__dbt_tmp`
  group by `id`
  having count(*) > 1
) as repeated
where exists (select 1 from `p`.`shop`.`orders` as target where target.`id` = repeated.`id`)
order by 1
limit 5;
