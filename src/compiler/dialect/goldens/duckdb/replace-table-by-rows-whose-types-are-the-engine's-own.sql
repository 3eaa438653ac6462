create or replace table "memory"."shop"."orders" (
  moment timestamp
);

insert into "memory"."shop"."orders" values
  ('2024-02-29 01:02:03');
