select distinct unix_seconds(timestamp(timestamp_trunc(`seen`, hour))) as `partition`
from `p`.`_tsdbt`.`shop__orders__dbt_tmp` as staged
order by 1;
