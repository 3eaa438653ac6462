select unix_micros(max(load_time)) as load_time from `p`.`_tsdbt`.`windows`;
