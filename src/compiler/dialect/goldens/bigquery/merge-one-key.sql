merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on DBT_INTERNAL_DEST.`id` = DBT_INTERNAL_SOURCE.`id`
when matched then update set
  `name` = DBT_INTERNAL_SOURCE.`name`
when not matched then insert (`id`, `name`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`name`);
