select
  source, format_timestamp('%Y-%m-%d %H:%M', window_start) as `window`, file, byte_offset, kind, reason, record
from `p`.`_tsdbt`.`rejected`
where source = 'staging.pulls'
order by file, byte_offset, kind, reason;
