delete from `p`.`_tsdbt`.`tables`
where unique_id = 'model.shop.dau' and `schema` = 'shop' and identifier = 'dau';

insert into `p`.`_tsdbt`.`tables`
  (unique_id, `database`, `schema`, identifier, sources, follows_moves_of, read_through, run_id)
select
  'model.shop.dau', 'p', 'shop', 'dau', array<string>['staging.pulls'], array<string>[],
  coalesce(max(load_time), timestamp '0001-01-01 00:00:00+00'), 'run 2'
from `p`.`_tsdbt`.`windows`;
