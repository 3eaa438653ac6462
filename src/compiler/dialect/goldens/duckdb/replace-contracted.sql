create or replace table "memory"."shop"."orders" (
  id integer not null unique,
  name varchar check (name <> ''),
  constraint "orders key" primary key (id, name),
  check (id > 0)
);

insert into "memory"."shop"."orders" (id, name)
(
select id, name from (
select 'a' as name, 1 as id
) as model_subq
);
