drop view "memory"."shop"."orders";

create or replace table "memory"."shop"."orders" (
  "id" bigint
);

insert into "memory"."shop"."orders" values
  ('1'),
  (null);
