alter view `p`.`shop`.`orders` set options (description = 'All orders; it\'s a view.');

alter view `p`.`shop`.`orders`
  alter column `id` set options (description = 'the number');
