merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`shop__orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on false
when not matched by source and (timestamp_trunc(DBT_INTERNAL_DEST.`seen`, hour) in (timestamp '2024-02-29')) then delete
when not matched then insert (`id`, `day`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`day`);
