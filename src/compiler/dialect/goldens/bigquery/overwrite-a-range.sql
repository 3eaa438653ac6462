merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`shop__orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on false
when not matched by source and ((DBT_INTERNAL_DEST.`id` >= 5 and DBT_INTERNAL_DEST.`id` < 25)) then delete
when not matched then insert (`id`, `day`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`day`);
