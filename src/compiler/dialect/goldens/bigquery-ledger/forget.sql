delete from `p`.`_tsdbt`.`departures`
where unique_id = 'model.shop.dau' and `schema` = 'shop' and identifier = 'dau';

delete from `p`.`_tsdbt`.`tables`
where unique_id = 'model.shop.dau' and `schema` = 'shop' and identifier = 'dau';
