select cast(repeated.`id` as string) || ', ' || cast(repeated.`name` as string) as `key`, copies
from (
  select `id`, `name`, count(*) as copies
  from `p`.`_tsdbt`.`orders__dbt_tmp`
  group by `id`, `name`
  having count(*) > 1
) as repeated
where exists (select 1 from `p`.`shop`.`orders` as target where target.`id` = repeated.`id` and target.`name` = repeated.`name`)
order by 1
limit 5;
