delete from "memory"."_tsdbt"."departures"
where unique_id = 'model.shop.dau' and "schema" = 'shop' and identifier = 'dau';

delete from "memory"."_tsdbt"."tables"
where unique_id = 'model.shop.dau' and "schema" = 'shop' and identifier = 'dau';

insert into "memory"."_tsdbt"."tables" values (
  'model.shop.dau', 'memory', 'shop', 'dau',
  ['staging.pulls']::varchar[], []::varchar[],
  (select coalesce(max(load_time), '-infinity'::timestamptz) from "memory"."_tsdbt"."windows"),
  'run 1'
);
