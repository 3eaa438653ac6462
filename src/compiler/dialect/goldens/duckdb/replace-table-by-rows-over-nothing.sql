create or replace table "memory"."shop"."orders" (
  "id" bigint,
  "text" varchar,
  "price" decimal(38, 9),
  "ratio" double,
  "paid" boolean,
  "day" date,
  "at" timestamp,
  "instant" timestamptz,
  "time" time,
  "data" json
);

insert into "memory"."shop"."orders" values
  ('1', 'it''s', '0.10', '1e3', 'true', '2024-02-29', '2024-02-29 01:02:03', '2024-02-29 00:00:00+00', '23:59:59', '[1]'),
  ('9007199254740993', '', '-1', '.5', 'FALSE', null, null, '2024-02-29 01:00:00+01', null, 'null'),
  (null, null, null, null, null, null, null, null, null, null);
