select
  source, strftime(window_start, '%Y-%m-%d %H:%M') as "window", file, byte_offset, kind, reason, record
from "memory"."_tsdbt"."rejected"
where source = 'staging.pulls'
order by file, byte_offset, kind, reason;
