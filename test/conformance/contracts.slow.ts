import { describe, it } from "vitest";
import { play } from "./scenario.ts";

const properties = (more: string, columns = ""): string => `models:
  - name: m
    config: { contract: { enforced: true }${more} }
    columns:
      - { name: id, data_type: integer, constraints: [{ type: not_null }] }
      - { name: color, data_type: varchar }
${columns}`;

describe("tier 1: contracts", () => {
  it("19: hold every build to types and constraints, and leave the old rows where one is broken", async () => {
    for (const kind of ["table", "incremental"])
      await play(
        {
          "models/m.yml": properties(", on_schema_change: append_new_columns"),
          "models/m.sql": `{{ config(materialized='${kind}') }} select {{ var('id', 1) }}::integer as id, 'blue' as color`,
        },
        [
          { call: "run", shows: { "from m": ["1 | blue"] } },
          {
            call: `run --vars '{id: "null"}'`,
            exit: 1,
            says: ["NOT NULL constraint failed"],
            shows: { "from m": ["1 | blue"] },
          },
        ],
      );
  });

  it("tell every column that is not as it is promised, in a table", async () => {
    for (const kind of ["view", "table", "incremental"])
      await play(
        {
          "models/m.yml": properties(", on_schema_change: fail"),
          "models/m.sql": `{{ config(materialized='${kind}') }} select 'one' as ID, 1 as extra`,
        },
        [
          {
            call: "run",
            exit: 1,
            says: [
              "This model has an enforced contract that failed",
              "| column_name | definition_type | contract_type | mismatch_reason       |",
              "| color       |                 | VARCHAR       | missing in definition |",
              "| extra       | INTEGER         |               | missing in contract   |",
              "| id          | VARCHAR         | INTEGER       | data type mismatch    |",
            ],
            shows: { "select count(*) from information_schema.tables where table_name = 'm'": ["0"] },
          },
        ],
      );
  });

  it("take columns in the contract's order, with all of its constraints", async () => {
    await play(
      {
        "models/p.yml": `models:
  - name: parent
    config: { contract: { enforced: true }, materialized: table }
    constraints: [{ type: primary_key, columns: [id] }]
    columns: [{ name: id, data_type: integer }]
  - name: child
    config: { contract: { enforced: true }, materialized: table }
    constraints:
      - { type: check, name: small, expression: "n < 10" }
      - { type: foreign_key, columns: [parent_id], to: ref('parent'), to_columns: [id] }
    columns:
      - { name: n, data_type: integer, constraints: [{ type: check, expression: "n > 0" }, { type: unique }] }
      - { name: parent_id, data_type: integer }
`,
        "models/parent.sql": "select 1 as id",
        "models/child.sql": "select {{ var('parent', 1) }} as parent_id, {{ var('n', 5) }} as n",
      },
      [
        { call: "run", shows: { "from child": ["5 | 1"] } },
        { call: "run --select child --vars '{n: 10}'", exit: 1, says: ["CHECK constraint failed"] },
        { call: "run --select child --vars '{n: 0}'", exit: 1, says: ["CHECK constraint failed"] },
        {
          call: "run --select child --vars '{parent: 2}'",
          exit: 1,
          says: ["foreign key constraint"],
          shows: { "from child": ["5 | 1"] },
        },
      ],
    );
  });

  it("18: a second run adds what is new and keeps the types", async () => {
    await play(
      {
        "models/m.yml": properties(", on_schema_change: append_new_columns, materialized: incremental"),
        "models/m.sql": "select 1::integer as id, 'a' as color",
      },
      [
        { call: "run" },
        {
          files: {
            "models/m.yml": properties(
              ", on_schema_change: append_new_columns, materialized: incremental",
              "      - { name: size, data_type: bigint }\n",
            ),
            "models/m.sql": "select 2::integer as id, 'b' as color, 3::bigint as size",
          },
          call: "run",
          shows: { "from m": ["1 | a | null", "2 | b | 3"] },
        },
      ],
    );
  });

  it("20: tell what keeps a contract from being held before anything runs", async () => {
    await play(
      {
        "models/m.yml": properties(", materialized: incremental"),
        "models/m.sql": "select 1 as id, 'a' as color",
        "models/n.sql": "{{ config(contract={'enforced': true}) }} select 1 as id",
        "models/o.yml": "models: [{ name: o, config: { contract: { enforced: true } }, columns: [{ name: id }] }]\n",
        "models/o.sql": "select 1 as id",
      },
      [
        {
          call: "run",
          exit: 2,
          says: [
            'The incremental model "m" has a contract, and "on_schema_change" is "ignore".',
            'The model "n" has a contract, and no columns are described.',
            'The contract of "o" needs the data_type of the column "id".',
          ],
        },
      ],
    );
  });
});

describe("tier 3: what is written down about relations", () => {
  it("64: descriptions become comments, quotes and line breaks as they are; grants are told", async () => {
    await play(
      {
        "seeds/s.csv": "id\n1\n",
        "models/p.yml": `seeds:
  - name: s
    description: a seed
    config: { persist_docs: { relation: true } }
models:
  - name: t
    description: |-
      It's "quoted",
      é 😀 and $$ too.
    config: { persist_docs: { relation: true, columns: true }, materialized: "{{ var('kind', 'table') }}", grants: { select: [me] } }
    columns:
      - { name: id, description: the 'id' }
      - { name: "with space", description: spaced }
      - { name: missing, description: not there }
`,
        "models/t.sql": 'select 1 as id, 2 as "with space"',
      },
      ["table", "incremental", "incremental", "view"].map((kind) => ({
        call: `build --vars '{kind: ${kind}}'`,
        says: ['The config "grants" does nothing: DuckDB has no grants, and on BigQuery they are not made yet.'],
        shows: {
          [`select comment from duckdb_${kind === "view" ? "views" : "tables"}() where ${kind === "view" ? "view" : "table"}_name = 't'`]:
            ['It\'s "quoted",\né 😀 and $$ too.'],
          "select comment from duckdb_tables() where table_name = 's'": ["a seed"],
          "select column_name, comment from duckdb_columns() where table_name = 't'": [
            "id | the 'id'",
            "with space | spaced",
          ],
        },
      })),
    );
  });
});
