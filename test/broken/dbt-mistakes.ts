/** A mistake that people make in dbt projects: what is wrong, how the call ends (as by dbt), and what has to be told. */
export interface Mistake {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly code: 1 | 2;
  /** `path:line:column`, where the mistake has a place. */
  readonly at: string | undefined;
  readonly says: readonly string[];
}

/** A dbt project that is sound. */
export const soundDbtProject: Readonly<Record<string, string>> = {
  "dbt_project.yml": "name: shop\nprofile: shop\n",
  "profiles.yml": "shop: { target: dev, outputs: { dev: { type: duckdb, path: shop.duckdb } } }\n",
  "seeds/orders.csv": "id,customer,amount\n1,ada,10\n2,grace,20\n",
  "models/customers.sql": "select customer, sum(amount) as total\nfrom {{ ref('orders') }}\ngroup by customer\n",
  "models/shop.yml":
    "models:\n  - name: customers\n    columns:\n      - name: customer\n        data_tests: [unique]\n",
};

const of = (path: string, text: string): Readonly<Record<string, string>> => ({ [path]: text });

/** The thirty usual ones and some more. */
export const mistakes: readonly Mistake[] = [
  {
    name: "a ref to a model that is not there",
    files: of("models/a.sql", "select *\nfrom {{ ref('customer') }}\n"),
    code: 2,
    at: "models/a.sql:2:9",
    says: ['There is no model or seed "customer".', 'hint: Did you mean "customers"?'],
  },
  {
    name: "a ref to a model that is switched off",
    files: {
      ...of("models/a.sql", "{{ config(enabled=false) }} select 1"),
      ...of("models/b.sql", "select * from {{ ref('a') }}"),
    },
    code: 2,
    at: "models/b.sql:1:18",
    says: ['The model "a" is disabled.'],
  },
  {
    name: "a source that nobody declared",
    files: of("models/a.sql", "select * from {{ source('raw', 'events') }}"),
    code: 2,
    at: "models/a.sql:1:18",
    says: ['There is no source "raw".', 'hint: Sources are declared under "sources" in a property file.'],
  },
  {
    name: "a table that its source has not",
    files: {
      ...of("models/s.yml", "sources: [{ name: raw, tables: [{ name: events }] }]\n"),
      ...of("models/a.sql", "select * from {{ source('raw', 'event') }}"),
    },
    code: 2,
    at: "models/a.sql:1:18",
    says: ['There is no table "event" in the source "raw".', 'hint: Did you mean "events"?'],
  },
  {
    name: "two models that read each other",
    files: {
      ...of("models/a.sql", "select * from {{ ref('b') }}"),
      ...of("models/b.sql", "select * from {{ ref('a') }}"),
    },
    code: 2,
    at: "models/a.sql:1:18",
    says: ["The models depend on each other in a circle: a → b → a.", "hint: Take one of these references away."],
  },
  {
    name: "a model that reads itself",
    files: of("models/a.sql", "select * from {{ ref('a') }}"),
    code: 2,
    at: "models/a.sql:1:18",
    says: ["The models depend on each other in a circle: a → a.", "hint: A model reads its own rows by {{ this }}."],
  },
  {
    name: "two models of one name",
    files: of("models/more/customers.sql", "select 1 as x"),
    code: 2,
    at: "models/more/customers.sql:1:1",
    says: ['There are two resources named "customers"; this model needs a name of its own.'],
  },
  {
    name: "two models with one alias",
    files: of("models/a.sql", "{{ config(alias='customers') }} select 1 as x"),
    code: 2,
    at: "models/customers.sql:1:1",
    says: ['The model "customers" would write shop.main.customers, which the model "a" writes too.'],
  },
  {
    name: "a block that is not closed",
    files: of("models/a.sql", "select 1 as x\n{% if true %}\nwhere 1 = 1\n"),
    code: 2,
    at: "models/a.sql:2:1",
    says: ['The tag "{% if %}" is never closed.', 'hint: Add "{% endif %}".'],
  },
  {
    name: "braces that are not closed",
    files: of("models/a.sql", "select * from {{ ref('orders') }\n"),
    code: 2,
    at: "models/a.sql:1:32",
    says: ['There is no open bracket for this "}".'],
  },
  {
    name: "a macro that is not there",
    files: of("models/a.sql", "select {{ cents_to_dollar('amount') }} as x"),
    code: 2,
    at: "models/a.sql:1:11",
    says: ['There is no function or macro "cents_to_dollar".'],
  },
  {
    name: "a macro with an argument too many",
    files: {
      ...of("macros/m.sql", "{% macro m(a) %}{{ a }}{% endmacro %}"),
      ...of("models/a.sql", "select {{ m(1, 2) }} as x"),
    },
    code: 2,
    at: "models/a.sql:1:11",
    says: ['The macro "m" takes 1 argument at most, found 2.'],
  },
  {
    name: "a variable without a value",
    files: of("models/a.sql", "select {{ var('first_day') }} as x"),
    code: 2,
    at: "models/a.sql:1:11",
    says: [
      'The variable "first_day" has no value.',
      'hint: Give it one under "vars" in the project file, by --vars \'{"first_day": …}\', or as the default of var().',
    ],
  },
  {
    name: "an environment variable that is not set",
    files: of("models/a.sql", "select '{{ env_var('REGION') }}' as x"),
    code: 2,
    at: "models/a.sql:1:12",
    says: ['The environment variable "REGION" is not set.', "hint: Set it, or give a default: env_var('REGION', '…')."],
  },
  {
    name: "a property file that is no YAML",
    files: of("models/p.yml", "models:\n  - name: customers\n   description: x\n"),
    code: 2,
    at: "models/p.yml:3:1",
    says: ["Sequence item without - indicator."],
  },
  {
    // dbt takes the last one and warns: one of the two is not what was meant.
    name: "a key twice",
    files: of("models/p.yml", "models:\n  - name: orders\n    description: a\n    description: b\n"),
    code: 2,
    at: "models/p.yml:4:5",
    says: ["This key is in the mapping already."],
  },
  {
    name: "a list that is a mapping",
    files: of("models/p.yml", "models: { name: customers }\n"),
    code: 2,
    at: "models/p.yml:1:9",
    says: ["Expected a list, found a mapping."],
  },
  {
    name: "a model without a name",
    files: of("models/p.yml", "models:\n  - description: no name\n"),
    code: 2,
    at: "models/p.yml:2:5",
    says: ['A model needs the key "name".'],
  },
  {
    name: "a model that is described twice",
    files: of("models/p.yml", "models: [{ name: customers }]\n"),
    code: 2,
    at: "models/shop.yml:2:11",
    says: ['The model "customers" is described twice.'],
  },
  {
    // dbt fails when it comes to the test, which nothing can mend until then.
    name: "a generic test that is not there",
    files: of("models/p.yml", "seeds: [{ name: orders, columns: [{ name: id, data_tests: [uniqe] }] }]\n"),
    code: 2,
    at: "models/p.yml:1:60",
    says: ['There is no test "uniqe".', 'hint: Did you mean "unique"?'],
  },
  {
    name: "a test without an argument that it needs",
    files: of("models/p.yml", "seeds: [{ name: orders, columns: [{ name: id, data_tests: [accepted_values] }] }]\n"),
    code: 2,
    at: "models/p.yml:1:60",
    says: ['The test "accepted_values" needs the argument "values".'],
  },
  {
    // dbt leaves the test out with a warning: what it was to hold is held by nobody.
    name: "a relationship with a model that is not there",
    files: of(
      "models/p.yml",
      "seeds: [{ name: orders, columns: [{ name: id, data_tests: [{ relationships: { arguments: { to: ref('nowhere'), field: id } } }] }] }]\n",
    ),
    code: 1,
    at: "models/p.yml:1:96",
    says: ['There is no model or seed "nowhere".'],
  },
  {
    name: "a materialization that there is none of",
    files: of("models/a.sql", "{{ config(materialized='tabel') }}\nselect 1 as x"),
    code: 2,
    at: "models/a.sql:1:4",
    says: ['The config "materialized" cannot be "tabel".', 'hint: Did you mean "table"?'],
  },
  {
    // dbt fails at the second run: the first one would hide the slip.
    name: "a strategy that there is none of",
    files: of("models/a.sql", "{{ config(materialized='incremental', incremental_strategy='upsert') }}\nselect 1 as x"),
    code: 1,
    at: "models/a.sql:1:4",
    says: [
      'tsdbt could not find an incremental strategy macro with the name "get_incremental_upsert_sql".',
      'hint: It has "append", "delete+insert", "merge", "microbatch", "insert_overwrite".',
    ],
  },
  {
    name: "a contract without the types of its columns",
    files: {
      ...of("models/a.sql", "select 1 as x"),
      ...of(
        "models/p.yml",
        "models: [{ name: a, config: { contract: { enforced: true } }, columns: [{ name: x }] }]\n",
      ),
    },
    code: 2,
    at: "models/p.yml:1:81",
    says: ['The contract of "a" needs the data_type of the column "x".'],
  },
  {
    name: "a group that nobody declared",
    files: of("models/a.sql", "{{ config(group='finance') }} select 1 as x"),
    code: 2,
    at: "models/a.sql:1:4",
    says: [
      'There is no group "finance", which the model "a" is of.',
      'hint: Declare it under "groups" in a property file.',
    ],
  },
  {
    name: "a private model of another group",
    files: {
      ...of(
        "models/p.yml",
        "groups: [{ name: g, owner: { name: Ada } }]\nmodels: [{ name: a, group: g, access: private }]\n",
      ),
      ...of("models/a.sql", "select 1 as x"),
      ...of("models/b.sql", "select * from {{ ref('a') }}"),
    },
    code: 2,
    at: "models/b.sql:1:18",
    says: [
      '"b" refers to "a", which is private to the group "g".',
      'hint: Put "b" into the group, or make "a" protected.',
    ],
  },
  {
    name: "a version that there is none of",
    files: {
      ...of("models/p.yml", "models: [{ name: m, versions: [{ v: 1 }] }]\n"),
      ...of("models/m_v1.sql", "select 1 as x"),
      ...of("models/a.sql", "select * from {{ ref('m', v=2) }}"),
    },
    code: 2,
    at: "models/a.sql:1:18",
    says: ['There is no version 2 of the model "m".', "hint: It has the versions 1."],
  },
  {
    name: "a profile that is not there",
    files: of("dbt_project.yml", "name: shop\nprofile: shopp\n"),
    code: 2,
    at: "dbt_project.yml:2:10",
    says: ['There is no profile "shopp" in "profiles.yml".', 'hint: Did you mean "shop"?'],
  },
  {
    name: "a target that is not there",
    files: {},
    args: ["build", "--target", "prod"],
    code: 2,
    at: undefined,
    says: ['There is no target "prod" in the profile "shop".', 'hint: The targets are "dev".'],
  },
  {
    name: "a project without a name",
    files: of("dbt_project.yml", "profile: shop\n"),
    code: 2,
    at: "dbt_project.yml:1:1",
    says: ['A project file of dbt needs the key "name".'],
  },
  {
    name: "a name that is none",
    files: of("dbt_project.yml", "name: my-shop\nprofile: shop\n"),
    code: 2,
    at: "dbt_project.yml:1:7",
    says: ['A project\'s name is made of letters, digits and "_", found "my-shop".'],
  },
  {
    name: "packages that are not installed",
    files: of("packages.yml", "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n"),
    code: 2,
    at: "packages.yml:1:1",
    says: ['The project lists 1 package, and 0 are in "dbt_packages".', 'hint: Run "tsdbt deps".'],
  },
  {
    name: "a docs block that is not there",
    files: of("models/p.yml", "seeds: [{ name: orders, description: \"{{ doc('orders') }}\" }]\n"),
    code: 2,
    at: "models/p.yml:1:38",
    says: [
      'There is no docs block "orders".',
      "hint: Write {% docs orders %} … {% enddocs %} in a Markdown file below the models.",
    ],
  },
  {
    name: "a column that the query has not",
    files: of("models/a.sql", "select id,\n  amont\nfrom {{ ref('orders') }}\n"),
    code: 1,
    at: "models/a.sql:2:3",
    says: ['There is no column "amont" here.', 'hint: Did you mean "amount"?'],
  },
  {
    name: "SQL that is none",
    files: of("models/a.sql", "select id form {{ ref('orders') }}\n"),
    code: 1,
    at: "models/a.sql:1:19",
    says: ['syntax error at or near ""shop"".'],
  },
  {
    name: "a type that a seed's column has not",
    files: of("seeds/p.yml", "seeds: [{ name: orders, config: { column_types: { customer: integer } } }]\n"),
    code: 1,
    at: "seeds/orders.csv:2:3",
    says: ['The type integer of the column "customer" cannot read "ada".'],
  },
  {
    name: "a seed with a cell too many",
    files: of("seeds/more.csv", "a,b\n1,2,3\n"),
    code: 1,
    at: "seeds/more.csv:2:5",
    says: ["This line has 3 cells, but the seed has 2 columns."],
  },
  {
    name: "a test that fails",
    files: of(
      "models/p.yml",
      "seeds: [{ name: orders, columns: [{ name: amount, data_tests: [{ accepted_values: { arguments: { values: [10] } } }] }] }]\n",
    ),
    args: ["build"],
    code: 1,
    at: undefined,
    says: ["Got 1 result, configured to fail if != 0"],
  },
  {
    name: "a selection method that there is none of",
    files: {},
    args: ["ls", "--select", "tagg:x"],
    code: 2,
    at: "--select:1:1",
    says: ['There is no selection method "tagg".', 'hint: Did you mean "tag"?'],
  },
  {
    name: "an option that there is none of",
    files: {},
    args: ["build", "--fullrefresh"],
    code: 2,
    at: undefined,
    says: ['There is no option "--fullrefresh".', 'hint: Did you mean "--full-refresh"?'],
  },
  {
    name: "a macro to run that is not there",
    files: {},
    args: ["run-operation", "grant_all"],
    code: 2,
    at: undefined,
    says: ['There is no macro "grant_all" in the project and its packages.'],
  },
];
