create or replace table "memory"."shop"."orders" (
  "id" bigint
);
