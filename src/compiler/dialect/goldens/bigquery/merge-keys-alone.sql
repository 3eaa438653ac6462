merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on DBT_INTERNAL_DEST.`id` = DBT_INTERNAL_SOURCE.`id` and DBT_INTERNAL_DEST.`NAME` = DBT_INTERNAL_SOURCE.`NAME`
when not matched then insert (`id`, `name`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`name`);
