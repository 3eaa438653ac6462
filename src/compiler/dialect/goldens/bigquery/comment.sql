alter table `p`.`shop`.`orders` set options (description = 'It\'s all orders.');

alter table `p`.`shop`.`orders`
  alter column `id` set options (description = 'the number');
