select cast(staged."id" as varchar) as "key", count(*) as "copies"
from "orders__dbt_tmp" as staged
where exists (select 1 from "memory"."shop"."orders" as target where target."id" = staged."id")
group by staged."id"
having count(*) > 1
order by 1
limit 5;
