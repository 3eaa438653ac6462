/** The files of a project that runs as it is: a seed, a view, an incremental model, tests. By path. */
export function newProjectFiles(name: string): Readonly<Record<string, string>> {
  return {
    "project.yml": `name: "${name}"
version: "1.0.0"

# Models are written in GoogleSQL, BigQuery's dialect; tsdbt translates them for DuckDB.
dialect: bigquery

target: local
targets:
  local:
    type: duckdb
    path: "data/${name}.duckdb"
    schema: main
    threads: 4
`,
    "seeds/visits.csv": `visited_at,visitor,page
2024-01-30 08:15:00,ada,/
2024-01-30 09:40:00,grace,/docs
2024-01-31 10:05:00,ada,/docs
2024-02-01 11:30:00,edsger,/
2024-02-01 23:59:59,grace,/
`,
    "models/visits.yml": `version: 2

models:
  - name: daily_visitors
    description: Visitors by day.
    columns:
      - name: visit_date
        description: The day.
        data_tests: [not_null, unique]
      - name: visitors
        description: Different visitors on that day.
        data_tests: [not_null]
`,
    "models/page_visits.sql": `{{ config(materialized='view') }}

select
    timestamp(visited_at) as visited_at,
    visitor,
    page
from {{ ref('visits') }}
`,
    "models/daily_visitors.sql": `{{ config(materialized='incremental', unique_key='visit_date') }}

select
    date(visited_at) as visit_date,
    count(distinct visitor) as visitors
from {{ ref('page_visits') }}
{% if is_incremental() %}
where date(visited_at) >= (select max(visit_date) from {{ this }})
{% endif %}
group by visit_date
`,
    ".gitignore": `target/
data/
logs/
`,
  };
}
