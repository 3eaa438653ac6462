select
  c.database_name as "database", c.schema_name as "schema", c.table_name as "relation", r.kind as "kind",
  r.comment as "relation_comment", c.column_name as "name", c.column_index as "position", c.data_type as "type",
  c.comment as "comment"
from duckdb_columns() as c
join (
  select database_name, schema_name, table_name, comment, 'table' as kind from duckdb_tables()
  union all
  select database_name, schema_name, view_name, comment, 'view' from duckdb_views()
) as r using (database_name, schema_name, table_name)
where (lower(c.database_name), lower(c.schema_name)) in (('memory', 'shop'))
order by 1, 2, 3, 7;
