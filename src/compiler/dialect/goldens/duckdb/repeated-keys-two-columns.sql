select cast(staged."id" as varchar) || ', ' || cast(staged."name" as varchar) as "key", count(*) as "copies"
from "orders__dbt_tmp" as staged
where exists (select 1 from "memory"."shop"."orders" as target where target."id" = staged."id" and target."name" = staged."name")
group by staged."id", staged."name"
having count(*) > 1
order by 1
limit 5;
