select unique_id, `database`, `schema`, identifier
from `p`.`_tsdbt`.`tables`
order by unique_id, `schema`, identifier;
