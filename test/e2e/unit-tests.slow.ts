import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";
import { runResults, statuses } from "./run-results.ts";

const native = "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n";

const files = {
  "project.yml": `${native}vars: { least: 0 }\n`,
  "seeds/people.csv": "id,name,born\n1,Ada,1815-12-10\n",
  "macros/m.sql": "{% macro greeting() %}Hello{% endmacro %}",
  "models/eph.sql": "{{ config(materialized='ephemeral') }} select id, name from {{ ref('people') }}",
  "models/src.yml": "sources: [{ name: raw, schema: main, tables: [{ name: people }] }]\n",
  "models/greet.sql":
    "select p.id, '{{ greeting() }} ' || p.name as text, e.name as other, {{ env_var('WHO', 'nobody') | length }} as n from {{ ref('people') }} p left join {{ ref('eph') }} e using (id) where p.id > {{ var('least') }}",
  "models/grown.sql":
    "{{ config(materialized='incremental') }} select id, born from {{ source('raw', 'people') }} {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}",
  "tests/fixtures/three.csv": "id,name\n1,a\n2,b\n3,\n",
  "tests/fixtures/expected.sql": "select 2 as id, 'Hello b' as text union all select 1, 'Hello a'",
};

const given = `
    given:
      - { input: ref('people'), rows: [{ id: 1, name: a }, { id: 2, name: b }] }
      - { input: ref('eph'), format: sql, rows: "select 2 as id, 'x' as name" }
`;

const header = "unit_tests:\n";

const unit = (name: string, more: string): string => `  - name: ${name}\n    model: greet${given}${more}`;

describe("unit tests", () => {
  it("pass and fail as dbt's, with rows of every format, overrides, this and is_incremental", async () => {
    const project = projectOf({
      ...files,
      "models/u.yml":
        header +
        unit("dict", "    expect: { rows: [{ text: Hello b, id: 2 }, { id: 1, text: Hello a }] }\n") +
        unit("partial", "    expect: { rows: [{ other: null }, { other: x }] }\n") +
        unit("csv", '    expect: { format: csv, rows: "id,text,other\\n2,Hello b,x\\n1,Hello a,null\\n" }\n') +
        unit("file", "    expect: { format: sql, fixture: expected }\n") +
        unit(
          "overrides",
          "    overrides: { macros: { greeting: Bye }, vars: { least: 1 }, env_vars: { WHO: Ada } }\n    expect: { rows: [{ id: 2, text: Bye b, n: 3 }] }\n",
        ) +
        unit(
          "wrong",
          "    expect: { rows: [{ id: 1, text: Hello a }, { id: 2, text: Hello c }, { id: 9, text: null }] }\n",
        ) +
        unit("unknown", "    expect: { rows: [{ idd: 1 }] }\n") +
        `
  - name: from_files
    model: greet
    given:
      - { input: ref('people'), format: csv, fixture: three }
      - { input: ref('eph'), format: sql, rows: "select 1 as id, 'y' as name where false" }
    expect: { rows: [{ id: 3, text: null }, { id: 1, text: Hello a }, { id: 2, text: Hello b }] }
  - name: unknown_input_column
    model: grown
    given: [{ input: "source('raw', 'people')", rows: [{ idd: 1 }] }]
    expect: { rows: [] }
  - name: first
    model: grown
    given: [{ input: "source('raw', 'people')", rows: [{ id: 1, born: 2020-01-02 }, { id: 2 }] }]
    expect: { rows: [{ id: 1, born: 2020-01-02 }, { id: 2, born: null }] }
  - name: added
    model: grown
    overrides: { macros: { is_incremental: true } }
    given:
      - { input: "source('raw', 'people')", rows: [{ id: 1 }, { id: 2 }, { id: 3 }] }
      - { input: this, rows: [{ id: 2 }] }
    expect: { rows: [{ id: 3 }] }
  - name: off
    model: grown
    config: { enabled: false }
    expect: { rows: [] }
`,
    });
    await succeed(project, "seed");
    await succeed(project, "run");
    const called = await tsdbt(project, "test");
    const ended = Object.fromEntries(
      runResults(project).map(({ uniqueId, status }) => [uniqueId.split(".").slice(2).join("."), status]),
    );
    expect(ended).toEqual({
      "greet.dict": "pass",
      "greet.partial": "pass",
      "greet.csv": "pass",
      "greet.file": "pass",
      "greet.overrides": "pass",
      "greet.wrong": "fail",
      "greet.unknown": "error",
      "greet.from_files": "pass",
      "grown.unknown_input_column": "error",
      "grown.first": "pass",
      "grown.added": "pass",
    });
    expect(called.code).toBe(1);
    const messages = new Map(runResults(project).map(({ uniqueId, message }) => [uniqueId, message]));
    expect(messages.get("unit_test.shop.greet.wrong")).toBe(
      [
        "The rows are not those that are expected: 2 missing (-), 1 unexpected (+), 1 as expected.",
        "  | id | text",
        "- | 2  | Hello c",
        "- | 9  | NULL",
        "+ | 2  | Hello b",
      ].join("\n"),
    );
    expect(called.err).toContain('There is no column "idd" in model "greet".');
    expect(called.err).toContain("There is no column \"idd\" in source('raw', 'people').");
    const list = async (...args: readonly string[]): Promise<number> =>
      (await succeed(project, "ls", ...args)).out.trim().split("\n").length;
    expect(await list("--select", "test_type:unit")).toBe(11);
    expect(await list("--select", "grown", "--resource-type", "unit_test")).toBe(3);
    expect(await list("--select", "test_name:dict")).toBe(1);
  });

  it("gate their model in a build, and come before it", async () => {
    const project = projectOf({
      "project.yml": native,
      "models/a.sql": "select 1 as id",
      "models/b.sql": "select id * 2 as id from {{ ref('a') }}",
      "models/c.sql": "select * from {{ ref('b') }}",
      "models/u.yml": `models: [{ name: a, columns: [{ name: id, data_tests: [{ unique: { name: own } }] }] }]
${header}  - { name: u, model: b, given: [{ input: ref('a'), rows: [{ id: 2 }] }], expect: { rows: [{ id: 5 }] } }\n`,
    });
    const failed = await tsdbt(project, "build");
    expect(failed.code).toBe(1);
    expect(runResults(project).map(({ uniqueId, status }) => `${uniqueId} ${status}`)).toEqual([
      "model.shop.a success",
      expect.stringMatching(/^test\.shop\.own\.\w+ pass$/u),
      "unit_test.shop.b.u fail",
      "model.shop.b skipped",
      "model.shop.c skipped",
    ]);
    writeFileSync(join(project, "models/b.sql"), "select id * 2 + 1 as id from {{ ref('a') }}");
    await succeed(project, "build");
  });

  it("of GoogleSQL are translated, their inputs typed from what is known", async () => {
    const project = projectOf({
      "project.yml": native.replace("dialect: duckdb\n", ""),
      "seeds/days.csv": "day,n\n2024-01-05,1\n",
      "models/months.sql":
        "select date_trunc(day, month) as month, sum(n) as n, array_agg(n order by n) as all_n from {{ ref('days') }} group by 1",
      "models/u.yml": `${header}  - name: u
    model: months
    given: [{ input: ref('days'), rows: [{ day: 2024-02-29, n: 1 }, { day: 2024-02-01, n: 2 }, { n: 7 }] }]
    expect: { rows: [{ month: 2024-02-01, n: 3 }, { month: null, n: 7 }] }
`,
    });
    await succeed(project, "test");
    expect(statuses(project)).toEqual({ months: "pass" });
  });

  it.each([
    ["{ name: u, model: grete, expect: { rows: [] } }", 'There is no model "grete" to test.'],
    ["{ name: u, model: a, expect: { rows: [] } }", "gives no rows for ref('people')"],
    ["{ name: u, model: a, given: [{ input: people }], expect: { rows: [] } }", 'The input "people" is none.'],
    [
      "{ name: u, model: a, given: [{ input: ref('people'), format: csv, fixture: nope }], expect: { rows: [] } }",
      'There is no file "nope.csv" among the fixtures.',
    ],
    [
      "{ name: u, model: a, given: [{ input: ref('people'), rows: 1 }], expect: { rows: [] } }",
      "Rows of the format dict are a list of mappings.",
    ],
    [
      "{ name: u, model: a, overrides: { macros: { nope: 1 } }, given: [{ input: ref('people') }], expect: { rows: [] } }",
      'There is no macro "nope" that can be overridden.',
    ],
    ["{ model: a, expect: { rows: [] } }", 'A unit test needs the key "name".'],
  ])("with a fault are refused: %s", async (declared, message) => {
    const project = projectOf({
      "project.yml": native,
      "seeds/people.csv": "id\n1\n",
      "models/a.sql": "select * from {{ ref('people') }}",
      "models/u.yml": `unit_tests: [${declared}]\n`,
    });
    const { code, err } = await tsdbt(project, "test");
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
