merge into "memory"."shop"."orders" as target
using "orders__dbt_tmp" as staged
on target."id" = staged."id"
when matched and (
  target."name" is distinct from staged."name"
) then update set
  "name" = staged."name"
when not matched then insert ("id", "name")
  values (staged."id", staged."name");
