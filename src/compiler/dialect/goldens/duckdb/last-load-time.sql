select epoch_us(max(load_time)) as "load_time" from "memory"."_tsdbt"."windows";
