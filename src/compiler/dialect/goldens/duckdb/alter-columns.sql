alter table "memory"."shop"."orders" add column "new one" DATE;

alter table "memory"."shop"."orders" drop column "id";

alter table "memory"."shop"."orders" alter column "name" type integer;
