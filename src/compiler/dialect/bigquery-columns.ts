import type { Scratch } from "./bigquery-text.ts";
import { identifier } from "./bigquery-text.ts";
import { joinSql, type Sql, sql } from "../../domain/sql.ts";

function describeDataset({ database, schema }: Scratch): Sql {
  const views = sql`${identifier(database)}.${identifier(schema)}.INFORMATION_SCHEMA`;
  return sql`select
  c.table_catalog as \`database\`, c.table_schema as \`schema\`, c.table_name as relation,
  if(t.table_type = 'VIEW', 'view', 'table') as kind,
  (
    select json_value(o.option_value) from ${views}.TABLE_OPTIONS as o
    where o.table_name = c.table_name and o.option_name = 'description'
  ) as relation_comment,
  c.column_name as name, c.ordinal_position as position, c.data_type as type, nullif(f.description, '') as comment
from ${views}.COLUMNS as c
join ${views}.TABLES as t on t.table_name = c.table_name
left join ${views}.COLUMN_FIELD_PATHS as f
  on f.table_name = c.table_name and f.column_name = c.column_name and f.field_path = c.column_name`;
}

/** See `Dialect`. Each dataset has views of its own. */
export function describeColumns(schemas: readonly Scratch[]): Sql {
  return sql`${joinSql(schemas.map(describeDataset), "\nunion all\n")}
order by 1, 2, 3, 7`;
}
