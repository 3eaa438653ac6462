merge into `p`.`shop`.`orders` as DBT_INTERNAL_DEST
using `p`.`_tsdbt`.`shop__orders__dbt_tmp` as DBT_INTERNAL_SOURCE
on false
when not matched by source and ((DBT_INTERNAL_DEST.`seen` >= timestamp '2024-02-29 00:00:00+00' and DBT_INTERNAL_DEST.`seen` < timestamp '2024-03-02 00:00:00+00') or (DBT_INTERNAL_DEST.`seen` >= timestamp '2024-03-05 00:00:00+00' and DBT_INTERNAL_DEST.`seen` < timestamp '2024-03-06 00:00:00+00')) then delete
when not matched then insert (`id`, `day`)
  values (DBT_INTERNAL_SOURCE.`id`, DBT_INTERNAL_SOURCE.`day`);
