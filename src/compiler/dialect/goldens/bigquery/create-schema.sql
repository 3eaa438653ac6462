create schema if not exists `p`.`shop` options (location = 'EU');
