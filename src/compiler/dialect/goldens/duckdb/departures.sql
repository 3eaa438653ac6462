select
  unique_id, "database", "schema", identifier, source, kind, cast(event_day as varchar) as "day",
  list_sort(list(distinct file)) as "files", count(distinct event_id) as "events"
from "memory"."_tsdbt"."departures"
group by all
order by unique_id, "schema", identifier, source, "day", kind;
