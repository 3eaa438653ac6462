comment on table "memory"."shop"."orders" is 'It''s all orders.';

comment on column "memory"."shop"."orders"."id" is 'the number';
