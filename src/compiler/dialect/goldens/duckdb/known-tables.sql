select unique_id, "database", "schema", identifier
from "memory"."_tsdbt"."tables"
order by unique_id, "schema", identifier;
