merge into "memory"."shop"."orders" as DBT_INTERNAL_DEST
using "orders__dbt_tmp" as DBT_INTERNAL_SOURCE
on DBT_INTERNAL_DEST."id" = DBT_INTERNAL_SOURCE."id"
when matched and (
  DBT_INTERNAL_DEST."name" is distinct from DBT_INTERNAL_SOURCE."name"
) then update set
  "name" = DBT_INTERNAL_SOURCE."name"
when not matched then insert ("id", "name")
  values (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."name");
