merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on DBT_INTERNAL_DEST.`id` = DBT_INTERNAL_SOURCE.`id` and DBT_INTERNAL_DEST.`name` = DBT_INTERNAL_SOURCE.`name`
when matched then update set
  `x` = DBT_INTERNAL_SOURCE.`x`,
  `y` = DBT_INTERNAL_SOURCE.`y`
when not matched then insert (`id`, `name`, `x`, `y`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`name`, DBT_INTERNAL_SOURCE.`x`, DBT_INTERNAL_SOURCE.`y`);
