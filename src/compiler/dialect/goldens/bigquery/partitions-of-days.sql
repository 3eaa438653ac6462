select distinct unix_seconds(timestamp(`day`)) as `partition`
from `p`.`_tsdbt`.`shop__orders__dbt_tmp` as staged
order by 1;
