alter table `p`.`shop`.`orders`
  alter column `place` set options (description = 'where');

alter table `p`.`shop`.`orders`
  alter column `place` set data type struct<`street` struct<`name` STRING, `number` INT64 options (description = 'it\'s\na \\ number')>, `town` STRING>,
  alter column `items` set data type array<struct<`price` NUMERIC(10, 2) options (description = 'in cents'), `tags` array<STRING>>>;
