drop table if exists `p`.`_tsdbt`.`orders__dbt_tmp`;
