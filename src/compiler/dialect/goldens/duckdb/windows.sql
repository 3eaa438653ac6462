select epoch_ms(window_start) as "window_start_ms", * exclude (window_start, load_time)
from "memory"."_tsdbt"."windows"
where source = 'staging.pulls'
order by window_start;
