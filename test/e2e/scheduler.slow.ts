import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOf, startTsdbt, succeed, tsdbt } from "./binary.ts";
import { projectOf, query } from "./example-project.ts";
import { runResults, statuses } from "./run-results.ts";

const settings = "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb, threads: 4 }\n";

/** A project, a call, its exit code, and how each node ended by its name. */
interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly code: number;
  readonly ended: Readonly<Record<string, string>>;
}

const failing = "select cast('x' as integer) as id";

const diamond = {
  "models/a.sql": "select 1 as id",
  "models/left.sql": "select * from {{ ref('a') }}",
  "models/right.sql": "select * from {{ ref('a') }}",
  "models/z.sql": "select l.id from {{ ref('left') }} l join {{ ref('right') }} r using (id)",
};

const blocking = (test: string): string =>
  `models: [{ name: a, columns: [{ name: id, data_tests: [{ accepted_values: { name: gate, arguments: { values: [2], quote: false }, config: { ${test} } } }] }] }]\n`;

const cases: readonly Case[] = [
  {
    what: "five models side by side, one of them failing with a child",
    files: {
      "models/t.sql": "{{ config(materialized='table') }} select 1 as id",
      "models/i.sql": "{{ config(materialized='incremental') }} select 1 as id",
      "models/v.sql": "select 1 as id",
      "models/dep.sql": "{{ config(materialized='table') }} select * from {{ ref('t') }}",
      "models/other.sql": "select 2 as id",
      "models/bad.sql": `{{ config(materialized='table') }} ${failing}`,
      "models/child.sql": "select * from {{ ref('bad') }}",
    },
    args: ["run", "--threads", "4"],
    code: 1,
    ended: {
      t: "success",
      i: "success",
      v: "success",
      dep: "success",
      other: "success",
      bad: "error",
      child: "skipped",
    },
  },
  {
    what: "a diamond whose test fails",
    files: { ...diamond, "models/p.yml": blocking("severity: error") },
    args: ["build"],
    code: 1,
    ended: { a: "success", gate: "fail", left: "skipped", right: "skipped", z: "skipped" },
  },
  {
    what: "a diamond whose test warns",
    files: { ...diamond, "models/p.yml": blocking("severity: warn") },
    args: ["build"],
    code: 0,
    ended: { a: "success", gate: "warn", left: "success", right: "success", z: "success" },
  },
  {
    what: "a diamond whose test warns where warnings are errors",
    files: { ...diamond, "models/p.yml": blocking("severity: warn") },
    args: ["--warn-error", "build"],
    code: 1,
    ended: { a: "success", gate: "fail", left: "skipped", right: "skipped", z: "skipped" },
  },
  {
    what: "tests in a circle",
    files: {
      "models/m.sql": "select 1 as id",
      "models/n.sql": "select 1 as id",
      "models/p.yml": `models:
- { name: m, columns: [{ name: id, data_tests: [{ relationships: { name: mn, arguments: { to: ref('n'), field: id } } }] }] }
- { name: n, columns: [{ name: id, data_tests: [{ relationships: { name: nm, arguments: { to: ref('m'), field: id } } }] }] }
`,
    },
    args: ["build"],
    code: 0,
    ended: { m: "success", n: "success", mn: "pass", nm: "pass" },
  },
  {
    what: "an error that may be passed over",
    files: {
      "models/bad.sql": `{{ config(materialized='table', on_error='continue') }} ${failing}`,
      "models/reader.sql": "select 1 as id -- {{ ref('bad') }}",
      "models/below.sql": "select * from {{ ref('reader') }}",
    },
    args: ["run"],
    code: 1,
    ended: { bad: "error", reader: "success", below: "success" },
  },
  {
    what: "two parents that fail, of which one may",
    files: {
      "models/may.sql": `{{ config(materialized='table', on_error='continue') }} ${failing}`,
      "models/not.sql": `{{ config(materialized='table') }} ${failing}`,
      "models/reader.sql": "select 1 as id -- {{ ref('may') }} {{ ref('not') }}",
    },
    args: ["run"],
    code: 1,
    ended: { may: "error", not: "error", reader: "skipped" },
  },
  {
    what: "a template that raises, beside others",
    files: {
      "models/bad.sql":
        "select {{ exceptions.raise_compiler_error('No way.') if execute and ref('ok').name == 'ok' }} 1",
      "models/ok.sql": "select 1 as id",
      "models/child.sql": "select * from {{ ref('bad') }}",
      "models/p.yml": "models: [{ name: bad, columns: [{ name: id, data_tests: [unique] }] }]\n",
    },
    args: ["build"],
    code: 1,
    ended: { bad: "error", ok: "success", child: "skipped", unique_bad_id: "skipped" },
  },
  {
    what: "a seed whose file is broken",
    files: { "seeds/bad.csv": "a,b\n1\n", "seeds/good.csv": "a\n1\n" },
    args: ["seed"],
    code: 1,
    ended: { bad: "error", good: "success" },
  },
  {
    what: "the first failure where it stops all",
    files: {
      "models/a_bad.sql": `{{ config(materialized='table') }} ${failing}`,
      "models/b.sql": "select 1 as id",
      "models/c.sql": "select 1 as id",
    },
    args: ["run", "--fail-fast", "--threads", "1"],
    code: 1,
    ended: { a_bad: "error", b: "skipped", c: "skipped" },
  },
  { what: "nothing", files: { "models/a.sql": "select 1 as id" }, args: ["run", "-s", "tag:x"], code: 0, ended: {} },
];

describe("a run", () => {
  it.each(cases)("of $what ends as dbt's", async ({ files, args, code, ended }) => {
    const project = projectOf({ "project.yml": settings, ...files });
    const called = await tsdbt(project, ...args);
    expect([called.code, statuses(project)]).toEqual([code, ended]);
  });

  it("says what kind of error it was, and where", async () => {
    const project = projectOf({
      "project.yml": settings,
      "models/bad.sql": `{{ config(materialized='table') }} ${failing}`,
      "seeds/bad_seed.csv": "a,b\n1\n",
    });
    await tsdbt(project, "build");
    const messages = new Map(runResults(project).map(({ uniqueId, message }) => [uniqueId, message]));
    expect(messages.get("model.shop.bad")).toMatch(/^Runtime Error in model bad \(models\/bad\.sql\)\n {2}/u);
    expect(messages.get("seed.shop.bad_seed")).toBe(
      "Compilation Error in seed bad_seed (seeds/bad_seed.csv)\n  This line has 1 cell, but the seed has 2 columns.",
    );
  });

  it("whose ephemeral input has a fault skips what reads it, and tells the fault", async () => {
    const project = projectOf({
      "project.yml": settings,
      "models/eph.sql":
        "{{ config(materialized='ephemeral') }} select {{ exceptions.raise_compiler_error('No way.') if execute and ref('ok').name == 'ok' }} 1",
      "models/ok.sql": "select 1 as id",
      "models/reader.sql": "select * from {{ ref('eph') }}",
    });
    const { code, err } = await tsdbt(project, "run");
    expect([code, statuses(project)]).toEqual([1, { ok: "success", reader: "skipped" }]);
    expect(err).toContain("No way.");
    expect(runResults(project).map(({ message }) => message)).toContain(
      'Skipped because the ephemeral model "eph" that it reads has a fault.',
    );
  });

  it("that is refused leaves a whole record: the culprit, and all else skipped", async () => {
    const project = projectOf({
      "project.yml": settings,
      "models/inc.sql": "{{ config(materialized='incremental') }} select 1 as id",
      "models/view.sql": "select 1 as id",
    });
    await succeed(project, "run");
    writeFileSync(join(project, "models/view.sql"), "select 2 as id");
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(project, "data/shop.duckdb"));
    const connection = await instance.connect();
    await connection.run("drop table inc");
    connection.closeSync();
    instance.closeSync();
    const { code } = await tsdbt(project, "run");
    expect([code, statuses(project)]).toEqual([2, { inc: "error", view: "skipped" }]);
  });

  it("that is interrupted leaves a whole record, and ends with 2", async () => {
    const project = projectOf({
      "project.yml": settings,
      "models/a_long.sql":
        "{{ config(materialized='table') }} select count(*) as n from range(100000000000) a, range(100000) b where a.range % 7 = b.range % 11",
      "models/below.sql": "select * from {{ ref('a_long') }}",
    });
    const child = startTsdbt({ folder: project }, ["run"]);
    const ended = endOf(child);
    await new Promise<void>((seen) => {
      child.stdout?.on("data", (text: string) => {
        if (text.includes("START sql table model")) seen();
      });
    });
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect([code, statuses(project)]).toEqual([2, { a_long: "skipped", below: "skipped" }]);
    expect(out).toContain("Exited because of keyboard interrupt");
  });
});

describe("a retry", () => {
  const bad = `{{ config(materialized='table') }} ${failing}`;
  const files = {
    "project.yml": settings,
    "models/bad.sql": bad,
    "models/child.sql": "select * from {{ ref('bad') }}",
    "models/good.sql": "select {{ var('n', 1) }} as id",
    "models/p.yml":
      "models: [{ name: bad, columns: [{ name: id, data_tests: [{ unique: { name: u } }] }] }, { name: good, columns: [{ name: id, data_tests: [{ unique: { name: v } }] }] }]\n",
  };

  it("runs again what failed and what waited for it, until nothing is left, and keeps the whole record", async () => {
    const project = projectOf(files);
    const first = { good: "success", v: "pass", bad: "error", child: "skipped", u: "skipped" };
    expect((await tsdbt(project, "build")).code).toBe(1);
    expect(statuses(project)).toEqual(first);
    const again = await tsdbt(project, "retry");
    expect([again.code, statuses(project)]).toEqual([1, first]);
    expect(again.out).toContain("Done. PASS=0 WARN=0 ERROR=1 SKIP=2");
    writeFileSync(join(project, "models/bad.sql"), "select 1 as id");
    const mended = await succeed(project, "retry");
    expect(mended.out).toContain("Done. PASS=3 WARN=0 ERROR=0 SKIP=0");
    const all = { good: "success", v: "pass", bad: "success", child: "success", u: "pass" };
    expect(statuses(project)).toEqual(all);
    expect((await succeed(project, "retry")).out).toContain("Nothing to do");
    expect(statuses(project)).toEqual(all);
  });

  it("has the arguments of the run before, but for what is given anew", async () => {
    const project = projectOf({
      ...files,
      "models/bad.sql":
        "{{ config(materialized='table') }} select {{ var('n') }} as id, {{ var('m') }} as m where error('x')",
    });
    await tsdbt(project, "run", "--vars", "{n: 7, m: 1}", "--full-refresh");
    expect(statuses(project)).toMatchObject({ good: "success" });
    writeFileSync(join(project, "models/bad.sql"), "select {{ var('n') }} as id, {{ var('m') }} as m");
    await succeed(project, "retry", "--vars", "{m: 2}");
    expect(await query(project, "select * from bad", "shop")).toEqual([{ id: 7, m: 2 }]);
  });

  it("needs an earlier run, and its nodes", async () => {
    const project = projectOf(files);
    const none = await tsdbt(project, "retry");
    expect(none.code).toBe(2);
    expect(none.err).toContain('There is no earlier run to go by: "target/run_results.json" is not there.');
    await tsdbt(project, "run");
    await tsdbt(project, "run", "--target-path", "elsewhere");
    writeFileSync(join(project, "models/bad.sql"), "{{ config(enabled=false) }} select 1 as id");
    writeFileSync(join(project, "models/child.sql"), "select 1 as id");
    const gone = await tsdbt(project, "retry", "--state", "elsewhere");
    expect(gone.code).toBe(2);
    expect(gone.err).toContain('The node "model.shop.bad" of the earlier run is not in the project any more.');
  });
});
