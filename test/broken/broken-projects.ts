/** A call that must end badly: the project's files, the arguments, how it ends. Files replace those of the base project; `null` takes one away. */
export interface BrokenCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string | null>>;
  readonly args: readonly string[];
  readonly code: 1 | 2;
}

/** A project that is sound: what is broken in a case is broken by its own files alone. */
export const soundProject: Readonly<Record<string, string>> = {
  "project.yml": `name: shop
dialect: bigquery
target: local
targets:
  local:
    type: duckdb
    path: data/shop.duckdb
`,
  "seeds/orders.csv": "order_id,customer,ordered_at\n1,ada,2024-01-31 10:00:00\n2,grace,2024-02-01 11:00:00\n",
  "models/customers.sql": "select customer, count(*) as orders\nfrom {{ ref('orders') }}\ngroup by customer\n",
  "models/shop.yml": `models:
  - name: customers
    columns:
      - name: customer
        data_tests: [not_null, unique]
`,
};

const build = ["build"];

/** The mistakes that people make, one a case. */
export const brokenCases: readonly BrokenCase[] = [
  {
    name: "broken-yaml",
    files: { "models/shop.yml": "models:\n  - name: customers\n    columns: [a, b\n  - name: orders\n" },
    args: build,
    code: 2,
  },
  {
    name: "unknown-key",
    files: {
      "models/shop.yml":
        "models:\n  - name: customers\n    descripton: People who ordered.\n    columns:\n      - nam: customer\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "unknown-key-in-project",
    files: { "project.yml": `${soundProject["project.yml"] ?? ""}modelpaths: [models]\n` },
    args: build,
    code: 2,
  },
  {
    name: "unknown-ref",
    files: { "models/customers.sql": "select customer\nfrom {{ ref('ordrs') }}\n" },
    args: build,
    code: 2,
  },
  {
    name: "unknown-source",
    files: {
      "models/customers.sql":
        "select customer from {{ source('shop', 'order') }}\nunion all\nselect customer from {{ source('shpo', 'orders') }}\n",
      "models/sources.yml":
        "sources:\n  - name: shop\n    tables:\n      - name: orders\n        columns:\n          - { name: customer, data_type: STRING }\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "unknown-column",
    files: {
      "models/customers.sql":
        "select\n    customer,\n    count(distinct order_idd) as orders\nfrom {{ ref('orders') }}\ngroup by customer\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "unknown-column-in-macro-and-loop",
    files: {
      "macros/counted.sql":
        "{% macro counted(column) -%}\n    count(distinct {{ column }}) as {{ column }}_count\n{%- endmacro %}\n",
      "models/customers.sql": `select
    customer
    {%- for column in ['order_id', 'order_day'] %},
    {{ counted(column) }}
    {%- endfor %}
from {{ ref('orders') }}
group by customer
`,
    },
    args: build,
    code: 2,
  },
  {
    name: "unknown-column-refused-by-duckdb",
    files: {
      "macros/counted.sql":
        "{% macro counted(column) -%}\n    count(distinct {{ column }}) as {{ column }}_count\n{%- endmacro %}\n",
      "models/customers.sql": `{{ config(dialect='duckdb') }}
select
    customer
    {%- for column in ['order_id', 'order_day'] %},
    {{ counted(column) }}
    {%- endfor %}
from {{ ref('orders') }}
group by customer
`,
    },
    args: build,
    code: 1,
  },
  {
    name: "cycle",
    files: {
      "models/a.sql": "select * from {{ ref('b') }}\n",
      "models/b.sql": "{% if true %}\nselect * from {{ ref('c') }}\n{% endif %}\n",
      "models/c.sql": "select x\nfrom {{ ref('orders') }}\njoin {{ ref('a') }} using (x)\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "two-models-of-one-name",
    files: { "models/more/customers.sql": "select 1 as one\n" },
    args: build,
    code: 2,
  },
  {
    name: "template-syntax",
    files: { "models/customers.sql": "select customer\nfrom {{ ref('orders' }}\n" },
    args: build,
    code: 2,
  },
  {
    name: "undefined-variable",
    files: {
      "models/customers.sql":
        "select customer\nfrom {{ ref('orders') }}\nlimit {{ row_limt }}\n{% set row_limit = 10 %}\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "missing-var",
    files: {
      "models/customers.sql": "select customer\nfrom {{ ref('orders') }}\nwhere order_id > {{ var('first_order') }}\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "many-faults-at-once",
    files: {
      "models/a.sql": "select nothing from {{ ref('orders') }}\n",
      "models/b.sql": "select * from {{ ref('nowhere') }}\n",
      "models/c.sql": "select * from {{ ref('a') }}\n",
      "models/d.sql": "select {{ 1 +  }}\n",
      "models/e.yml": "models:\n  - nmae: x\n",
    },
    args: build,
    code: 2,
  },
  { name: "bad-select", files: {}, args: ["run", "--select", "customers", "tg:nightly"], code: 2 },
  { name: "bad-flag", files: {}, args: ["build", "--fullrefresh"], code: 2 },
  { name: "bad-command", files: {}, args: ["bild"], code: 2 },
  { name: "vars-no-mapping", files: {}, args: ["build", "--vars", "[1, 2]"], code: 2 },
  { name: "vars-broken", files: {}, args: ["build", "--vars", "{a: 1"], code: 2 },
  { name: "unknown-target", files: {}, args: ["build", "--target", "clud"], code: 2 },
  { name: "missing-project-folder", files: {}, args: ["build", "--project-dir", "nowhere"], code: 2 },
  { name: "no-project", files: { "project.yml": null }, args: ["build"], code: 2 },
  {
    name: "missing-raw-folder",
    files: {
      "models/sources.yml": `sources:
  - name: raw
    tables:
      - name: events
        ingest: { from: pulls, to: data/staged, id: uuid, event_time: at, file: file }
        columns:
          - { name: uuid, data_type: STRING }
          - { name: at, data_type: TIMESTAMP }
          - { name: file, data_type: STRING }
`,
    },
    args: ["ingest"],
    code: 2,
  },
  { name: "data-is-a-file", files: { data: "not a folder\n" }, args: build, code: 2 },
  {
    name: "database-is-no-database",
    files: { "data/shop.duckdb": "not a database\n".repeat(2000) },
    args: build,
    code: 2,
  },
  {
    name: "failing-test",
    files: { "seeds/orders.csv": "order_id,customer,ordered_at\n1,,2024-01-31 10:00:00\n" },
    args: build,
    code: 1,
  },
  {
    name: "test-of-an-unknown-column",
    files: {
      "models/shop.yml":
        "models:\n  - name: customers\n    columns:\n      - name: custmer\n        data_tests: [not_null]\n",
    },
    args: build,
    code: 2,
  },
  {
    name: "semicolon",
    files: { "models/customers.sql": "select customer from {{ ref('orders') }};\n" },
    args: build,
    code: 2,
  },
];
