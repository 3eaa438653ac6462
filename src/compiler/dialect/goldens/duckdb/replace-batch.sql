delete from "memory"."shop"."orders"
where "seen" >= '2024-01-02 00:00:00+00:00' and "seen" < '2024-01-03 00:00:00+00:00' and (id <> 3);

insert into "memory"."shop"."orders" ("id", "seen")
select "id", "seen" from "orders__dbt_tmp"
where "seen" >= '2024-01-02 00:00:00+00:00' and "seen" < '2024-01-03 00:00:00+00:00';
