select * from `p`.`shop`.`orders`;
