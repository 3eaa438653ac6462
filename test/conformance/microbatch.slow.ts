import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resultOf, type Step, play } from "./scenario.ts";

const events =
  "select * from (values (1, timestamp '2020-01-01'), (2, timestamp '2020-01-02'), (3, timestamp '2020-01-03')) as v (id, seen)";

const config =
  "materialized='incremental', incremental_strategy='microbatch', event_time='seen', begin='2020-01-01', batch_size='day'";

const files = {
  "models/ev.sql": `{{ config(materialized='table', event_time='seen') }} ${events}`,
  "models/m.sql": `{{ config(${config}) }} select * from {{ ref('ev') }}`,
};

const at = (time: string): Pick<Step, "environment"> => ({ environment: { TSDBT_NOW: time } });
const ids = (...list: readonly number[]): NonNullable<Step["shows"]> => ({ "select id from m": list.map(String) });

/** A model whose batch of a day fails as long as a variable names it. */
const failing = `{{ config(${config}) }}
select id, seen {% if model.batch and var('bad', '') in model.batch.id and var('bad', '') != '' %}, nonsense {% endif %} from {{ ref('ev') }}`;

function batchResults(folder: string): {
  readonly successful: readonly unknown[];
  readonly failed: readonly unknown[];
} {
  const result = resultOf(folder, "m");
  if (result === undefined || !("batch_results" in result)) throw new Error("there are no results of batches");
  return result.batch_results as { successful: readonly unknown[]; failed: readonly unknown[] };
}

describe.concurrent("microbatch", () => {
  it("29: goes on from the batch before now", async () => {
    await play(files, [
      {
        call: "run",
        ...at("2020-01-03T13:57"),
        shows: ids(1, 2, 3),
        says: ["Batch 3 of 3 OK created batch 2020-01-03 of main.m"],
      },
      { call: "run", ...at("2020-01-03T14:57"), shows: ids(1, 2, 3) },
      {
        sql: ["insert into ev values (4, timestamp '2020-01-04'), (5, timestamp '2020-01-05')"],
        call: "run --select m",
        ...at("2020-01-03T14:57"),
        shows: ids(1, 2, 3),
      },
      { call: "run --select m", ...at("2020-01-04T14:57"), shows: ids(1, 2, 3, 4) },
      { call: "run --select m", ...at("2020-01-05T14:57"), shows: ids(1, 2, 3, 4, 5) },
    ]);
  });

  it("30: builds the times that are asked for, and nothing else in a full refresh", async () => {
    await play(files, [
      { call: "run", ...at("2020-01-03T13:57"), shows: ids(1, 2, 3) },
      {
        call: "run --select m --event-time-start 2020-01-02 --event-time-end 2020-01-03 --full-refresh",
        shows: ids(2),
      },
      { call: "run --event-time-start 2020-01-02", exit: 2, says: ["go together"] },
      { call: "run --event-time-start 2020-01-02 --event-time-end 2020-01-02", exit: 2, says: ["is not before"] },
      { call: "run --event-time-start soon --event-time-end 2020-01-02", exit: 2, says: ['found "soon"'] },
    ]);
  });

  it("31: reads the time of a batch of sources and models that have an event_time, and others whole", async () => {
    await play(
      {
        ...files,
        "models/sources.yml":
          "sources: [{ name: raw, schema: main, tables: [{ name: pulls, config: { event_time: seen } }] }]",
        "models/whole.sql": "{{ config(materialized='table') }} select 1 as x union all select 2",
        "models/m.sql": `{{ config(${config}) }}
select id, seen, (select count(*) from {{ ref('whole') }}) as w, (select count(*) from {{ ref('ev').render() }}) as r,
  (select count(*) from {{ source('raw', 'pulls') }}) as p from {{ ref('ev') }}`,
      },
      [
        {
          sql: [`create table pulls as ${events}`],
          call: "run",
          ...at("2020-01-03T13:57"),
          shows: { "select id, w, r, p from m": ["1 | 2 | 3 | 1", "2 | 2 | 3 | 1", "3 | 2 | 3 | 1"] },
        },
      ],
    );
  });

  it("32: knows model.batch in a run, and 39: leaves a text of each batch", async () => {
    const folder = await play(
      {
        ...files,
        "models/m.sql": `{{ config(${config}) }}
select *, '{{ model.batch.id }}' as b, '{{ model.batch.event_time_end.strftime("%d.%m.") }}' as e from {{ ref('ev') }}`,
      },
      [
        {
          call: "run",
          ...at("2020-01-02T13:57"),
          shows: { "select id, b, e from m": ["1 | 20200101 | 02.01.", "2 | 20200102 | 03.01."] },
        },
      ],
    );
    const text = readFileSync(join(folder, "target/compiled/shop/models/m/m_2020-01-02.sql"), "utf8");
    expect(text).toContain("seen >= '2020-01-02 00:00:00+00:00' and seen < '2020-01-03 00:00:00+00:00'");
    expect(existsSync(join(folder, "target/run/shop/models/m/m_2020-01-02.sql"))).toBe(true);
  });

  it("33, 35: a batch that fails makes a partial success, and is all that a retry makes again", async () => {
    const folder = await play(
      { ...files, "models/m.sql": failing, "models/child.sql": "select * from {{ ref('m') }}" },
      [
        {
          call: "run --vars 'bad: \"0102\"'",
          ...at("2020-01-03T13:57"),
          exit: 1,
          shows: ids(1, 3),
          statuses: { ev: "success", m: "partial success", child: "skipped" },
          says: [
            "PARTIAL SUCCESS (2/3)",
            "1 partial success",
            "Batch 2 of 3 ERROR creating batch 2020-01-02 of main.m",
          ],
        },
        { call: "retry", exit: 1, statuses: { m: "partial success", child: "skipped" }, says: ["Batch 1 of 1"] },
        {
          call: "retry --vars 'bad: \"\"'",
          ...at("2020-02-03T13:57"),
          shows: ids(1, 2, 3),
          statuses: { m: "success", child: "success" },
        },
      ],
    );
    expect(batchResults(folder).successful).toHaveLength(3);
    expect(batchResults(folder).failed).toEqual([]);
  });

  it("34, 36: a first batch that fails leaves nothing; a retry goes up to the time of the first run", async () => {
    await play({ ...files, "models/m.sql": failing }, [
      {
        call: "run --vars 'bad: \"0101\"'",
        ...at("2020-01-03T13:57"),
        exit: 1,
        statuses: { m: "error" },
        says: ["Batch 2 of 3 SKIP", "Batch 3 of 3 SKIP"],
        shows: { "select count(*) from duckdb_tables() where table_name = 'm'": ["0"] },
      },
      { call: "retry --vars 'bad: \"\"'", ...at("2020-01-20T13:57"), says: ["Batch 3 of 3 OK"], shows: ids(1, 2, 3) },
    ]);
  });

  it("retries what failed of a full refresh without losing what succeeded", async () => {
    await play({ ...files, "models/m.sql": failing }, [
      { call: "run", ...at("2020-01-03T13:57"), shows: ids(1, 2, 3) },
      { call: "run --full-refresh --vars 'bad: \"0102\"'", ...at("2020-01-03T13:57"), exit: 1, shows: ids(1, 3) },
      { call: "retry --vars 'bad: \"\"'", shows: ids(1, 2, 3) },
    ]);
  });

  it("37: is built anew by --full-refresh, unless its config says no", async () => {
    const run = (text: string, shows: NonNullable<Step["shows"]>): Promise<string> =>
      play({ ...files, "models/m.sql": text }, [
        { call: "run", ...at("2020-01-03T13:57") },
        {
          sql: ["insert into m values (9, timestamp '2019-01-01')"],
          call: "run --full-refresh",
          ...at("2020-01-03T13:57"),
          shows,
        },
      ]);
    await run(`{{ config(${config}) }} select * from {{ ref('ev') }}`, ids(1, 2, 3));
    await run(`{{ config(${config}, full_refresh=false) }} select * from {{ ref('ev') }}`, ids(1, 2, 3, 9));
  });

  it("38: has its pre-hook before the first batch and its post-hook after the last", async () => {
    const hooks =
      "pre_hook=\"insert into log values ('pre', (select count(*) from duckdb_tables() where table_name = 'm'))\", post_hook=\"insert into log values ('post', (select count(*) from {{ this }}))\"";
    await play({ ...files, "models/m.sql": `{{ config(${config}, ${hooks}) }} select * from {{ ref('ev') }}` }, [
      {
        sql: ["create table log (moment varchar, n int)"],
        call: "run",
        ...at("2020-01-03T13:57"),
        shows: { "select * from log": ["pre | 0", "post | 3"] },
      },
    ]);
  });

  it("40: is told what it lacks", async () => {
    for (const key of ["event_time", "begin", "batch_size"])
      await play(
        {
          ...files,
          "models/m.sql": `{{ config(${config.replace(new RegExp(`, ${key}='[^']*'`, "u"), "")}) }} select 1 as x`,
        },
        [{ call: "run", exit: 2, says: [`"${key}"`] }],
      );
    await play({ ...files, "models/ev.sql": "{{ config(event_time=7) }} select 1 as id" }, [
      { call: "run", exit: 2, says: ['The config "event_time" is text, found 7.'] },
    ]);
  });

  it("41, 42: follows late rows within the lookback, and empties a day that has none any more", async () => {
    await play({ ...files, "models/m.sql": `{{ config(${config}, lookback=3) }} select * from {{ ref('ev') }}` }, [
      { call: "run", ...at("2020-01-04T13:57"), shows: ids(1, 2, 3) },
      {
        sql: ["delete from ev where id = 2", "insert into ev values (8, timestamp '2020-01-01 05:00:00')"],
        call: "run --select m",
        ...at("2020-01-04T13:57"),
        shows: ids(1, 3, 8),
      },
    ]);
  });

  it.each([
    ["date", "date", "day", "2020-01-03"],
    ["timestamptz", "timestamptz", "hour", "2020-01-01T02"],
    ["timestamp", "timestamp", "month", "2020-03"],
    ["timestamp", "timestamp", "year", "2021"],
  ])("41: goes by a column of %s, %s, in steps of one %s", async (_, type, size, last) => {
    const step = { day: "1 day", hour: "1 hour", month: "1 month", year: "1 year" }[size] ?? "";
    const rows = `select id, cast(timestamptz '2020-01-01 00:00:00+00' + (id - 1) * interval '${step}' as ${type}) as seen from range(1, 4) as r (id)`;
    const end = last.length === 13 ? `${last}:30` : `${`${last}-01-01`.slice(0, 10)}T12:00`;
    await play(
      {
        "models/ev.sql": `{{ config(materialized='table', event_time='seen') }} ${rows}`,
        "models/m.sql": `{{ config(${config.replace("'day'", `'${size}'`)}) }} select * from {{ ref('ev') }}`,
      },
      [
        { call: "run", ...at(end), says: [`batch ${last} of main.m`] },
        {
          call: "run",
          ...at(end),
          shows: { "select count(*), count(distinct id) from m": [size === "year" ? "2 | 2" : "3 | 3"] },
        },
      ],
    );
  });

  it("runs batches side by side", async () => {
    const days = `select id, timestamp '2020-01-01' + id * interval '1 day' as seen from range(30) as r (id)`;
    await play(
      {
        "models/ev.sql": `{{ config(materialized='table', event_time='seen') }} ${days}`,
        "models/m.sql": `{{ config(${config}, concurrent_batches=true) }} select * from {{ ref('ev') }}`,
      },
      [
        {
          call: "run --threads 8",
          ...at("2020-01-30T12:00"),
          shows: { "select count(*), count(distinct id) from m": ["30 | 30"] },
        },
        {
          call: "run --threads 8 --event-time-start 2020-01-01 --event-time-end 2020-01-31",
          shows: { "select count(*), count(distinct id) from m": ["30 | 30"] },
        },
      ],
    );
  });
});
