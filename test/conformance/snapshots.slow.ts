import { describe, expect, it } from "vitest";
import { nativeProject, play, type Step } from "./scenario.ts";

const at = (day: number): Readonly<Record<string, string>> => ({ TSDBT_NOW: `2024-01-0${day}T00:00:00Z` });
const people = (...rows: readonly string[]): readonly string[] => [
  "create or replace table people (id int, name varchar, seen timestamp)",
  ...rows.map((row) => `insert into people values ${row}`),
];
const states = "select id, name, dbt_valid_from::date, dbt_valid_to::date from s";

function taken(config: string, columns = "*"): Readonly<Record<string, string>> {
  return {
    "snapshots/s.sql": `{% snapshot s %}
{{ config(${config}) }}
select ${columns} from people
{% endsnapshot %}`,
  };
}

/** A snapshot each day: the people of that day, and the states that are known then. */
function days(...each: readonly (readonly [people: readonly string[], shows: Step["shows"]])[]): readonly Step[] {
  return each.map(([rows, shows], index) => ({
    sql: people(...rows),
    call: "snapshot",
    environment: at(index + 1),
    ...(shows === undefined ? {} : { shows }),
  }));
}

describe("tier 3: snapshots", () => {
  it("60: timestamp: what is newer ends the state before, what is not newer changes nothing", async () => {
    await play(
      taken("strategy='timestamp', unique_key='id', updated_at='seen'"),
      days(
        [
          ["(1, 'a', '2023-01-01')", "(2, 'b', '2023-01-01')"],
          { [states]: ["1 | a | 2023-01-01 | null", "2 | b | 2023-01-01 | null"] },
        ],
        [
          ["(1, 'A', '2023-02-01')", "(2, 'B', '2023-01-01')", "(3, 'c', '2023-02-02')"],
          {
            [states]: [
              "1 | a | 2023-01-01 | 2023-02-01",
              "1 | A | 2023-02-01 | null",
              "2 | b | 2023-01-01 | null",
              "3 | c | 2023-02-02 | null",
            ],
            "select count(*) from s where dbt_scd_id = md5(id || '|' || seen) and dbt_updated_at = seen": ["4"],
          },
        ],
        [["(3, 'c', '2023-02-02')"], { "select count(*) from s where dbt_valid_to is null": ["3"] }],
      ),
    );
  });

  it("check: two of one time keep their states apart", async () => {
    const once = { call: "snapshot", environment: at(1) };
    await play(taken("strategy='check', unique_key='id', check_cols=['name']", "id, name"), [
      { ...once, sql: people("(1, 'a', null)") },
      { ...once, sql: people("(1, 'b', null)") },
      {
        ...once,
        sql: people("(1, 'c', null)"),
        shows: {
          "select name, dbt_valid_to is null from s": ["a | false", "b | false", "c | true"],
          "select count(distinct dbt_scd_id), bool_and(coalesce(dbt_valid_to > dbt_valid_from, true)) from s": [
            "3 | true",
          ],
        },
      },
    ]);
  });

  it("60: check: all columns or some, with the run's time", async () => {
    for (const [columns, expected] of [
      ["'all'", ["1 | a | 2024-01-01 | 2024-01-02", "1 | a | 2024-01-02 | null", "2 | b | 2024-01-01 | null"]],
      ["['name']", ["1 | a | 2024-01-01 | null", "2 | b | 2024-01-01 | null"]],
    ] as const)
      await play(
        taken(`strategy='check', unique_key='id', check_cols=${columns}`),
        days(
          [["(1, 'a', null)", "(2, 'b', null)"], undefined],
          [["(1, 'a', '2023-02-01')", "(2, 'b', null)"], { [states]: expected }],
        ),
      );
  });

  it.each<[string, string, readonly string[]]>([
    ["ignore", "hard_deletes='ignore'", ["1 | a | 2024-01-01 | null", "2 | b | 2024-01-01 | null"]],
    [
      "invalidate",
      "hard_deletes='invalidate'",
      ["1 | a | 2024-01-01 | null", "2 | b | 2024-01-01 | 2024-01-02", "2 | b | 2024-01-04 | null"],
    ],
    [
      "invalidate, its old name",
      "invalidate_hard_deletes=true",
      ["1 | a | 2024-01-01 | null", "2 | b | 2024-01-01 | 2024-01-02", "2 | b | 2024-01-04 | null"],
    ],
    [
      "new_record",
      "hard_deletes='new_record'",
      [
        "1 | a | 2024-01-01 | null",
        "2 | b | 2024-01-01 | 2024-01-02",
        "2 | b | 2024-01-02 | 2024-01-04",
        "2 | b | 2024-01-04 | null",
      ],
    ],
  ])("60: rows that go and come again: %s", async (_, config, expected) => {
    const both = ["(1, 'a', null)", "(2, 'b', null)"];
    const one = ["(1, 'a', null)"];
    await play(
      taken(`strategy='check', unique_key='id', check_cols=['name'], ${config}`),
      days([both, undefined], [one, undefined], [one, undefined], [both, { [states]: expected }]),
    );
  });

  it("60: new_record marks what was deleted", async () => {
    await play(
      taken("strategy='check', unique_key='id', check_cols='all', hard_deletes='new_record'"),
      days(
        [["(1, 'a', null)"], undefined],
        [
          [],
          {
            "select id, dbt_is_deleted, dbt_valid_from::date, dbt_valid_to::date from s": [
              "1 | False | 2024-01-01 | 2024-01-02",
              "1 | True | 2024-01-02 | null",
            ],
          },
        ],
      ),
    );
  });

  it("60: dbt_valid_to_current stands for what is valid still, columns may have other names, keys may be several", async () => {
    await play(
      taken(
        `strategy='check', unique_key=['id', 'seen'], check_cols=['name'], dbt_valid_to_current="timestamp '9999-12-31'",
  hard_deletes='invalidate', snapshot_meta_column_names={'dbt_valid_from': 'since', 'dbt_valid_to': 'until', 'dbt_scd_id': 'hash'}`,
      ),
      days(
        [["(1, 'a', '2023-01-01')", "(1, 'b', '2023-01-02')", "(2, 'c', '2023-01-01')"], undefined],
        [
          ["(1, 'A', '2023-01-01')", "(1, 'b', '2023-01-02')"],
          {
            "select id, name, since::date, until::date from s": [
              "1 | a | 2024-01-01 | 2024-01-02",
              "1 | A | 2024-01-02 | 9999-12-31",
              "1 | b | 2024-01-01 | 9999-12-31",
              "2 | c | 2024-01-01 | 2024-01-02",
            ],
            "select count(distinct hash) from s": ["4"],
          },
        ],
      ),
    );
  });

  it("60: a new column is added, and counts as a change where all are checked", async () => {
    const head = "strategy='check', unique_key='id', check_cols='all'";
    await play(taken(head, "id, name"), [
      { sql: people("(1, 'a', null)"), call: "snapshot", environment: at(1) },
      {
        files: taken(head, "id, name, 7 as extra"),
        call: "snapshot",
        environment: at(2),
        shows: {
          "select id, extra, dbt_valid_to::date from s": ["1 | null | 2024-01-02", "1 | 7 | null"],
        },
      },
      {
        files: taken(head, "id, 7 as extra"),
        call: "snapshot",
        environment: at(3),
        shows: { "select count(*) from s": ["2"] },
      },
    ]);
  });

  it("are declared in property files too, read ephemeral models, have hooks, and belong to a build", async () => {
    await play(
      {
        "project.yml": `${nativeProject}snapshots:
  shop:
    +strategy: check
    +check_cols: all
`,
        "models/e.sql": "{{ config(materialized='ephemeral') }} select 1 as id, {{ var('n', 1) }} as n",
        "models/after.sql": "select count(*) as states from {{ ref('kept') }}",
        "snapshots/kept.yml": `snapshots:
  - name: kept
    relation: ref('e')
    description: all states
    config:
      unique_key: id
      schema: history
      persist_docs: { relation: true }
      post-hook: "insert into {{ this }} (id) values (99)"
    columns:
      - { name: dbt_scd_id, data_tests: [unique] }
`,
      },
      [
        {
          call: "build",
          environment: at(1),
          statuses: { kept: "success", after: "success" },
          says: ["OK created snapshot main_history.kept", "PASS unique_kept_dbt_scd_id"],
          shows: {
            "select id from main_history.kept": ["1", "99"],
            "select comment from duckdb_tables() where table_name = 'kept'": ["all states"],
            "from after": ["2"],
          },
        },
        {
          call: "build --vars '{n: 2}'",
          environment: at(2),
          shows: {
            "select id, n, dbt_valid_to is null from main_history.kept where id = 1": ["1 | 1 | false", "1 | 2 | true"],
          },
        },
        {
          call: "ls --resource-type snapshot",
          says: ["shop.kept.kept"],
        },
      ],
    );
  });

  it("60: tell what they need", async () => {
    await play(
      {
        "snapshots/a.sql": `{% snapshot a %}{{ config(strategy='timestamp', unique_key='id') }} select 1 as id{% endsnapshot %}
{% snapshot b %}{{ config(strategy='check', check_cols='name') }} select 1 as id{% endsnapshot %}
{% snapshot c %}{{ config(strategy='chek', unique_key='id', hard_deletes='never') }} select 1 as id{% endsnapshot %}
{% snapshot d %}{{ config(strategy='check', check_cols='all', unique_key='id', snapshot_meta_column_names={'valid': 'x'}) }} select 1 as id{% endsnapshot %}`,
      },
      [
        {
          call: "snapshot",
          exit: 2,
          says: [
            'The snapshot "a" needs the config "updated_at".',
            'The snapshot "b" needs the config "unique_key".',
            'The config "check_cols" is "all" or a list of columns, found "name".',
            'The strategy of a snapshot cannot be "chek".',
            'The config "hard_deletes" cannot be "never".',
            'A snapshot has no column "valid" of its own.',
          ],
        },
      ],
    );
    const folder = await play(taken("strategy='check', unique_key='id', check_cols=['nme']"), [
      { sql: people("(1, 'a', null)"), call: "snapshot", environment: at(1) },
      { call: "snapshot", exit: 1, says: ['has no column "nme" to check', 'Did you mean "name"?'] },
      {
        sql: ["drop table s", "create table s as select 1 as id"],
        call: "snapshot",
        exit: 1,
        says: ["lacks its columns"],
      },
      { sql: ["drop table s", "create view s as select 1 as id"], call: "snapshot", exit: 2, says: ["A view stands"] },
    ]);
    expect(folder).not.toBe("");
  });
});
