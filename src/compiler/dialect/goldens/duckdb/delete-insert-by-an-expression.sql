delete from "memory"."shop"."orders" as DBT_INCREMENTAL_TARGET
where (id, name) in (select (id, name) from "orders__dbt_tmp");

insert into "memory"."shop"."orders" ("id", "name")
select "id", "name" from "orders__dbt_tmp";
