select
  c.table_catalog as `database`, c.table_schema as `schema`, c.table_name as relation,
  if(t.table_type = 'VIEW', 'view', 'table') as kind,
  (
    select json_value(o.option_value) from `p`.`shop`.INFORMATION_SCHEMA.TABLE_OPTIONS as o
    where o.table_name = c.table_name and o.option_name = 'description'
  ) as relation_comment,
  c.column_name as name, c.ordinal_position as position, c.data_type as type, nullif(f.description, '') as comment
from `p`.`shop`.INFORMATION_SCHEMA.COLUMNS as c
join `p`.`shop`.INFORMATION_SCHEMA.TABLES as t on t.table_name = c.table_name
left join `p`.`shop`.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS as f
  on f.table_name = c.table_name and f.column_name = c.column_name and f.field_path = c.column_name
order by 1, 2, 3, 7;
