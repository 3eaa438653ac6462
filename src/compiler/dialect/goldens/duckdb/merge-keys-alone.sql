merge into "memory"."shop"."orders" as target
using "orders__dbt_tmp" as staged
on target."id" = staged."id" and target."NAME" = staged."NAME"
when not matched then insert ("id", "name")
  values (staged."id", staged."name");
