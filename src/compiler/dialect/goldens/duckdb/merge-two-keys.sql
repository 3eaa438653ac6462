merge into "memory"."shop"."orders" as target
using "orders__dbt_tmp" as staged
on target."id" = staged."id" and target."name" = staged."name"
when matched and (
  target."x" is distinct from staged."x" or
  target."y" is distinct from staged."y"
) then update set
  "x" = staged."x",
  "y" = staged."y"
when not matched then insert ("id", "name", "x", "y")
  values (staged."id", staged."name", staged."x", staged."y");
