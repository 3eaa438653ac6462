import { describe, expect, it } from "vitest";
import {
  compileLiteral,
  type LiteralCompilation,
  type LiteralFiles,
  nativeSettings,
  onlyTest,
} from "../../../test/literal-project.ts";

const base: LiteralFiles = { "project.yml": nativeSettings, "models/users.sql": "select 1 as id" };

function compile(text: string, more: LiteralFiles = {}): LiteralCompilation {
  return compileLiteral({ ...base, "tests/people/no_zero.sql": text, ...more });
}

describe("a singular test", () => {
  it("is a query of its own whose rows are counted", () => {
    const compilation = compile("\nselect * from {{ ref('users') }} where id = 0 -- none\n\n");
    expect(compilation.told).toEqual([]);
    expect(onlyTest(compilation)).toMatchObject({
      uniqueId: "test.shop.no_zero",
      fqn: ["shop", "people", "no_zero"],
      path: "tests/people/no_zero.sql",
      generic: undefined,
      severity: "error",
      dependsOn: ["model.shop.users"],
      refs: [["users"]],
      rows: { text: 'select * from "shop"."main"."users" where id = 0 -- none' },
      stored: undefined,
    });
    expect(onlyTest(compilation).query.text.text).toContain("id = 0 -- none\n");
  });

  it("is configured by the project, by a property file and by itself", () => {
    const test = onlyTest(
      compile("{{ config(severity='warn', fail_calc='sum(id)') }} select 0 as id", {
        "project.yml": `${nativeSettings}data_tests: { shop: { people: { +tags: p, +limit: 3 } } }\n`,
        "models/p.yml":
          "data_tests: [{ name: no_zero, description: None., config: { tags: [q], severity: error, store_failures: true } }]\n",
      }),
    );
    expect(test).toMatchObject({
      description: "None.",
      patchPath: "models/p.yml",
      severity: "warn",
      tags: ["p", "q"],
      config: { limit: 3, fail_calc: "sum(id)" },
      stored: { as: "table", relation: { schema: "main_dbt_test__audit", identifier: "no_zero" } },
    });
  });

  it("is off where its config says so, or where what it reads is", () => {
    const off = compile("{{ config(enabled=false) }} select * from {{ ref('nobody') }}");
    expect([off.told, off.project.tests, off.project.disabled]).toEqual([[], [], ["test.shop.no_zero"]]);
    const model = { "models/users.sql": "{{ config(enabled=false) }} select 1" };
    const hanging = compile("select * from {{ ref('users') }}", model);
    expect(hanging.project.disabled).toEqual(["model.shop.users", "test.shop.no_zero"]);
    expect(hanging.told).toEqual([]);
  });

  it.each([
    ["select * from {{ ref('usrs') }}", 'There is no model or seed "usrs"'],
    ["{{ nothing() }}", "nothing"],
    ["{{ config(severity='fatal') }} select 1", 'The severity of a test is "error" or "warn", found "fatal".'],
    ["-- nothing here", "There is no query in this file."],
    ["select 1;", "A query does not end with a semicolon."],
    ["{% if %}", "tests/people/no_zero.sql:1:"],
  ])("with a fault is told of it: %s", (text, message) => {
    const { told, project } = compile(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
    expect(project.tests).toEqual([]);
  });
});
