delete from "memory"."shop"."orders" as DBT_INCREMENTAL_TARGET
where exists (
  select 1 from "orders__dbt_tmp" as staged where staged."id" = DBT_INCREMENTAL_TARGET."id"
) and (id <> 1);

insert into "memory"."shop"."orders" ("id", "name")
select "id", "name" from "orders__dbt_tmp";
