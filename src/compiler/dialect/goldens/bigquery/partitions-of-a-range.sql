select distinct staged.`id` - mod(staged.`id` - 5, 10) as `partition`
from `p`.`_tsdbt`.`shop__orders__dbt_tmp` as staged
order by 1;
