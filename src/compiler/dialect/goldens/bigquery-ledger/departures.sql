select
  unique_id, `database`, `schema`, identifier, source, kind, cast(event_day as string) as `day`,
  array_agg(distinct file order by file) as files, count(distinct event_id) as events
from `p`.`_tsdbt`.`departures`
group by unique_id, `database`, `schema`, identifier, source, kind, `day`
order by unique_id, `schema`, identifier, source, `day`, kind;
