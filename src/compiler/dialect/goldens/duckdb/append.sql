insert into "memory"."shop"."orders" ("name", "id")
select "name", "id" from "orders__dbt_tmp";
