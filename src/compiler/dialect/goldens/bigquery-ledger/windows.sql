select unix_millis(window_start) as window_start_ms, * except (window_start, load_time)
from `p`.`_tsdbt`.`windows`
where source = 'staging.pulls'
order by window_start_ms;
