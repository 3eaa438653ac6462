import { beforeAll, describe, expect, it } from "vitest";
import { play, resultOf, rowsIn } from "./scenario.ts";

const items = ["id,a,b,c,d", ...[1, 2, 3, 4, 5, 6].map((n) => `${n},a${n},b${n},c${n},d${n}`), ""].join("\n");

const places = `state,county,city,last_visit
CT,Hartford,Hartford,2020-09-23
MA,Suffolk,Boston,2020-02-12
NJ,Mercer,Trenton,2022-01-01
NY,Kings,Brooklyn,2021-04-02
PA,Philadelphia,Philadelphia,2021-05-21
VT,Chittenden,Burlington,2021-06-01
ME,Cumberland,Portland,2019-08-01
`;

/** The second run finds one row changed and two new ones. */
const morePlaces = `${places.replace("2019-08-01", "2023-01-01")}HI,Honolulu,Honolulu,2023-05-01
AK,Anchorage,Anchorage,2023-05-02
`;

/** A model that is run twice, and what is to be seen then. */
interface Case {
  readonly name: string;
  readonly config: string;
  /** The query of the first run and that of the second. */
  readonly first: string;
  readonly then: string;
  /** Rows by query, `from <model>` where none is given. */
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
  readonly count?: number;
  /** What the second run says of the model, if it fails. */
  readonly fails?: string;
}

const upTo3 = (list: string): string => `select ${list} from {{ ref('items') }} where id <= 3`;
const above3 = (list: string): string => `select ${list} from {{ ref('items') }} where id > 3`;
const numbers = (list: readonly number[], row: (n: number) => string): readonly string[] => list.map(row);

const columnCases: readonly Case[] = [
  {
    name: "5: ignore keeps the table's columns",
    config: "on_schema_change='ignore'",
    first: upTo3("id, a, b"),
    then: above3("*"),
    columns: ["id", "a", "b"],
    rows: numbers([1, 2, 3, 4, 5, 6], (n) => `${n} | a${n} | b${n}`),
  },
  {
    name: "6: append_new_columns adds, old rows are null",
    config: "on_schema_change='append_new_columns', unique_key='id'",
    first: upTo3("id, a, b"),
    then: above3("*"),
    columns: ["id", "a", "b", "c", "d"],
    rows: [
      ...numbers([1, 2, 3], (n) => `${n} | a${n} | b${n} | null | null`),
      ...numbers([4, 5, 6], (n) => `${n} | a${n} | b${n} | c${n} | d${n}`),
    ],
  },
  {
    name: "7: append_new_columns keeps what the model lost",
    config: "on_schema_change='append_new_columns'",
    first: upTo3("id, a, b"),
    then: above3("id, a, c, d"),
    columns: ["id", "a", "b", "c", "d"],
    rows: [
      ...numbers([1, 2, 3], (n) => `${n} | a${n} | b${n} | null | null`),
      ...numbers([4, 5, 6], (n) => `${n} | a${n} | null | c${n} | d${n}`),
    ],
  },
  {
    name: "8: sync_all_columns drops what the model lost",
    config: "on_schema_change='sync_all_columns', unique_key='id'",
    first: upTo3("id, a, b"),
    then: above3("id, a, c, d"),
    columns: ["id", "a", "c", "d"],
    rows: [
      ...numbers([1, 2, 3], (n) => `${n} | a${n} | null | null`),
      ...numbers([4, 5, 6], (n) => `${n} | a${n} | c${n} | d${n}`),
    ],
  },
  {
    name: "9: sync_all_columns only drops",
    config: "on_schema_change='sync_all_columns', incremental_strategy='merge', unique_key='id'",
    first: upTo3("id, a, b"),
    then: above3("id, a"),
    columns: ["id", "a"],
    rows: numbers([1, 2, 3, 4, 5, 6], (n) => `${n} | a${n}`),
  },
  {
    name: "10: fail changes nothing",
    config: "on_schema_change='fail'",
    first: upTo3("id, a, b"),
    then: above3("id, a, c"),
    fails: 'the model adds "c"; the model lacks "b"',
    columns: ["id", "a", "b"],
    rows: numbers([1, 2, 3], (n) => `${n} | a${n} | b${n}`),
  },
  {
    name: "11: sync_all_columns takes a longer text",
    config: "on_schema_change='sync_all_columns'",
    first: upTo3("id, cast(a as varchar(2)) as a"),
    then: above3("id, repeat(a, 100) as a"),
    columns: ["id", "a"],
    rows: numbers([1, 2, 3, 4, 5, 6], (n) => `${n} | ${`a${n}`.repeat(n > 3 ? 100 : 1)}`),
  },
  {
    name: "16: adds a column whose name has a space",
    config: "on_schema_change='append_new_columns', unique_key='id'",
    first: "select 1 as id",
    then: 'select 1 as id, 2 as "field 3"',
    columns: ["id", "field 3"],
    rows: ["1 | 2"],
  },
];

const placesQuery = {
  first: "select * from {{ ref('places') }}",
  then: "select * from {{ ref('places') }} where last_visit > (select max(last_visit) from {{ this }})",
} as const;

const keyCases: readonly Case[] = [
  ...["'state'", "['state']", "['state', 'state']", "['state', 'county', 'city']", "'state, county, city'"].map(
    (key): Case => ({
      ...placesQuery,
      name: `2: a row with a known key ${key} replaces it, new ones are added`,
      config: `unique_key=${key}`,
      count: 9,
    }),
  ),
  ...["[]", "''", "none"].map((key): Case => ({
    ...placesQuery,
    name: `3: rows are added without a key: ${key}`,
    config: `unique_key=${key}`,
    count: 10,
  })),
  ...[
    "unique_key='no_such'",
    "unique_key=['state', 'no_such']",
    "unique_key='no_such', incremental_strategy='merge'",
  ].map((config): Case => ({
    ...placesQuery,
    name: `4: a key that the model lacks is named: ${config}`,
    config,
    count: 7,
    fails: '"no_such"',
  })),
  ...(
    [
      ["unique_key='id'", 4],
      ["unique_key=['id']", 4],
      ["unique_key='id', incremental_strategy='merge'", 4],
      ["unique_key='id, name'", 2],
    ] as const
  ).map(([config, count]): Case => ({
    name: `24: null keys and ${config}`,
    config,
    first: "select null::int as id, 'x' as name union all select null, 'y'",
    then: "select null::int as id, 'x' as name union all select null, 'y'",
    count,
  })),
  {
    name: "25: rows that repeat a known key are all inserted, those of a new key too",
    config: "unique_key='id'",
    first: "select 1 as id, 'old' as name",
    then: "select unnest([1, 1, 2, 2]) as id, 'new' as name",
    rows: ["1 | new", "1 | new", "2 | new", "2 | new"],
  },
];

const greeting = {
  first: "from (values (1, 'hello', 'blue'), (2, 'goodbye', 'red')) v(id, msg, color)",
  then: "from (values (1, 'hey', 'blue'), (2, 'yo', 'green'), (3, 'anyway', 'purple')) v(id, msg, color)",
} as const;

const replacingCases: readonly Case[] = (
  [
    [
      "12: incremental_predicates keep rows",
      "incremental_strategy='delete+insert', incremental_predicates=['id != 2']",
      ["1 | hey | blue", "2 | goodbye | red", "2 | yo | green", "3 | anyway | purple"],
    ],
    [
      "12: predicates, their old name",
      "incremental_strategy='delete+insert', predicates=['id != 2']",
      ["1 | hey | blue", "2 | goodbye | red", "2 | yo | green", "3 | anyway | purple"],
    ],
    [
      "12: incremental_predicates of a merge",
      "incremental_strategy='merge', incremental_predicates=['DBT_INTERNAL_DEST.id != 2']",
      ["1 | hey | blue", "2 | goodbye | red", "2 | yo | green", "3 | anyway | purple"],
    ],
    [
      "13: merge_exclude_columns",
      "incremental_strategy='merge', merge_exclude_columns=['msg']",
      ["1 | hello | blue", "2 | goodbye | green", "3 | anyway | purple"],
    ],
    [
      "14: merge_update_columns",
      "incremental_strategy='merge', merge_update_columns=['msg']",
      ["1 | hey | blue", "2 | yo | red", "3 | anyway | purple"],
    ],
    [
      "14: merge_update_condition",
      "incremental_strategy='merge', merge_update_condition='DBT_INTERNAL_SOURCE.id > 1'",
      ["1 | hello | blue", "2 | yo | green", "3 | anyway | purple"],
    ],
    [
      "14: merge_insert_condition",
      "incremental_strategy='merge', merge_insert_condition='DBT_INTERNAL_SOURCE.id < 3'",
      ["1 | hey | blue", "2 | yo | green"],
    ],
    [
      "14: merge_update_set_expressions",
      `incremental_strategy='merge', merge_update_set_expressions={'msg': "DBT_INTERNAL_DEST.msg || '+' || DBT_INTERNAL_SOURCE.msg"}`,
      ["1 | hello+hey | blue", "2 | goodbye+yo | green", "3 | anyway | purple"],
    ],
    [
      "14: merge_clauses",
      `incremental_strategy='merge', merge_clauses={
        'when_matched': [{'action': 'delete', 'condition': 'DBT_INTERNAL_DEST.id = 1'}, {'action': 'update', 'mode': 'by_name'}],
        'when_not_matched': [{'action': 'insert', 'condition': "DBT_INTERNAL_SOURCE.color = 'none'"}, {'action': 'do_nothing'}]}`,
      ["2 | yo | green"],
    ],
    [
      "14: merge_clauses by position, star and in full",
      `incremental_strategy='merge', merge_clauses={
        'when_matched': [{'action': 'update', 'mode': 'star', 'condition': 'DBT_INTERNAL_DEST.id = 1'}, {'action': 'update', 'mode': 'by_position'}],
        'when_not_matched': [{'action': 'insert', 'mode': 'explicit', 'insert': {'columns': ['id', 'msg'], 'values': ['DBT_INTERNAL_SOURCE.id', "'new'"]}}]}`,
      ["1 | hey | blue", "2 | yo | green", "3 | new | null"],
    ],
    [
      "14: merge_clauses by source",
      `incremental_strategy='merge', incremental_predicates=['DBT_INTERNAL_DEST.id != 2'], merge_clauses={
        'when_matched': [{'action': 'do_nothing'}],
        'when_not_matched': [{'action': 'delete', 'by': 'source'}, {'action': 'insert', 'by': 'target'}]}`,
      ["1 | hello | blue", "2 | yo | green", "3 | anyway | purple"],
    ],
    [
      "14: merge_on_using_columns",
      "incremental_strategy='merge', merge_on_using_columns=['id', 'color']",
      ["1 | hey | blue", "2 | goodbye | red", "2 | yo | green", "3 | anyway | purple"],
    ],
  ] as const
).map(([name, config, rows]) => ({ ...greeting, name, config: `unique_key='id', ${config}`, rows }));

const cases = [...columnCases, ...keyCases, ...replacingCases];
const modelOf = (each: Case): string => `m${String(cases.indexOf(each))}`;
const columnsQuery = (model: string): string =>
  `select column_index || ' ' || column_name from duckdb_columns() where table_name = '${model}'`;

function modelText({ config, first, then }: Case): string {
  return `{{ config(materialized='incremental', ${config}) }}
{% if is_incremental() %} ${then}
{% else %} ${first} {% endif %}`;
}

describe("tier 1: models that are run twice", () => {
  let folder: string;
  let rows: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const models = cases.map((each) => [`models/${modelOf(each)}.sql`, modelText(each)] as const);
    folder = await play({ "seeds/items.csv": items, "seeds/places.csv": places, ...Object.fromEntries(models) }, [
      { call: "build" },
      { files: { "seeds/places.csv": morePlaces }, call: "build", exit: 1 },
    ]);
    rows = await rowsIn(
      folder,
      cases.map(modelOf).flatMap((model) => [`from ${model}`, columnsQuery(model)]),
    );
  });

  it.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const model = modelOf(each);
    const result = resultOf(folder, model);
    expect(result).toMatchObject({ status: each.fails === undefined ? "success" : "error" });
    if (each.fails !== undefined) expect(result?.message).toContain(each.fails);
    const found = rows.get(`from ${model}`) ?? [];
    if (each.count !== undefined) expect(found).toHaveLength(each.count);
    if (each.rows !== undefined) expect(found).toEqual([...each.rows].sort());
    if (each.columns !== undefined)
      expect(rows.get(columnsQuery(model))).toEqual(each.columns.map((column, index) => `${index + 1} ${column}`));
  });
});

const wrong: readonly (readonly [config: string, named: string])[] = [
  ["merge_update_condition=[1]", 'The config "merge_update_condition" is a text'],
  ["merge_insert_condition={'a': 1}", 'The config "merge_insert_condition" is a text'],
  ["merge_update_columns='msg'", 'The config "merge_update_columns" is a list of texts'],
  ["merge_exclude_columns=[1]", 'The config "merge_exclude_columns" is a list of texts'],
  ["merge_update_set_expressions=['a']", 'The config "merge_update_set_expressions" is a mapping'],
  ["merge_on_using_columns='id'", 'The config "merge_on_using_columns" is a list of texts'],
  ["merge_returning_columns={'a': 1}", 'The config "merge_returning_columns" is a list of texts'],
  ["merge_clauses=[]", 'The config "merge_clauses" is a mapping'],
  ["merge_clauses={'x': 1}", 'neither "when_matched" nor "when_not_matched"'],
  ["merge_clauses={'when_matched': []}", '"merge_clauses.when_matched" is a list of at least one clause'],
  ["merge_clauses={'when_matched': ['x']}", 'A clause of "merge_clauses.when_matched" is a mapping, found "x"'],
  ["merge_clauses={'when_matched': [{'action': 'insert'}]}", 'matched cannot be "insert"'],
  ["merge_clauses={'when_matched': [{'action': 'update', 'mode': 'all'}]}", 'mode of a merge clause cannot be "all"'],
  [
    "merge_clauses={'when_not_matched': [{'action': 'insert', 'mode': 'explicit', 'insert': {'columns': ['id']}}]}",
    "as many columns as values",
  ],
  [
    "merge_clauses={'when_matched': [{'action': 'update'}]}, merge_update_columns=['msg']",
    '"merge_clauses" says all that a merge does, and so does "merge_update_columns"',
  ],
  ["merge_update_columns=['msg'], merge_exclude_columns=['color']", "cannot both be given"],
];

describe("tier 1: configs that cannot be", () => {
  it("15: are told by name before anything runs, all at once", async () => {
    const models = wrong.map(([config], index) => {
      const strategy = config.includes("incremental_strategy") ? "" : "incremental_strategy='merge', ";
      return [
        `models/w${String(index)}.sql`,
        modelText({ ...greeting, name: "", config: `unique_key='id', ${strategy}${config}` }),
      ] as const;
    });
    await play(Object.fromEntries(models), [{ call: "run", exit: 2, says: wrong.map(([, named]) => named) }]);
  });
});

describe("tier 1: what stands there", () => {
  it("1: adds what is new in another source, by a variable", async () => {
    await play(
      {
        "models/base.sql": "select * from range(1, 11) t(id)",
        "models/more.sql": "select * from range(1, 21) t(id)",
        "models/m.sql": `{{ config(materialized='incremental') }}
-- depends_on: {{ ref('base') }} {{ ref('more') }}
select * from {{ ref(var('name', 'base')) }} {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}`,
      },
      [
        { call: "run", shows: { "select count(*) from m": ["10"] } },
        { call: "run --vars '{name: more}'", shows: { "select count(*) from m": ["20"] } },
      ],
    );
  });

  it("21, 22, 28: follows the materialization from one kind to another", async () => {
    const steps = (
      [
        ["view", "VIEW", 1],
        ["table", "BASE TABLE", 1],
        ["view", "VIEW", 1],
        ["incremental", "BASE TABLE", 1],
        ["incremental", "BASE TABLE", 2],
        ["table", "BASE TABLE", 1],
      ] as const
    ).map(([kind, shown, count]) => ({
      call: `run --vars '{kind: ${kind}}'`,
      shows: {
        "select count(*) from m": [String(count)],
        "select table_type from information_schema.tables where table_name = 'm'": [shown],
      },
    }));
    await play({ "models/m.sql": "{{ config(materialized=var('kind', 'view')) }} select 1 as id" }, steps);
  });

  it("26: stops where a table that the ledger knows is gone", async () => {
    await play({ "models/m.sql": "{{ config(materialized='incremental') }} select 1 as id" }, [
      { call: "run" },
      { sql: ["drop table m"], call: "run", exit: 2, says: ["missing-table", "--full-refresh"] },
      { call: "run --full-refresh", shows: { "from m": ["1"] } },
    ]);
  });
});
