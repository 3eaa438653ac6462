import { describe, expect, it } from "vitest";
import {
  compileLiteral,
  type LiteralCompilation,
  type LiteralFiles,
  literalSettings,
  onlyTest,
} from "../../../test/literal-project.ts";

const base: LiteralFiles = {
  "models/users.sql": "select 1 as id",
  "macros/tests.sql": `{% test in_range(model, column_name, low=none, high=none) %}select 1{% endtest %}
{% test any_args(model) %}select {{ kwargs }}{% endtest %}
{% test whole(model, expression) %}select {{ expression }} from {{ model }}{% endtest %}`,
};

/** The project with these tests of the column `id`, and with more files. */
function compile(tests: string, more: LiteralFiles = {}): LiteralCompilation {
  return compileLiteral({ ...base, ...more, "models/p.yml": columnTests(tests) });
}

function columnTests(tests: string): string {
  return `models:\n- name: users\n  columns:\n  - name: id\n    data_tests:\n${tests.replaceAll(/^-/gmu, "    -")}`;
}

describe("a declared test with a fault", () => {
  it.each([
    ["- uniqe\n", 'error unknown-test models/p.yml:6:7 «uniqe» There is no test "uniqe". → Did you mean "unique"?'],
    [
      "- nonsense: {}\n",
      'error unknown-test models/p.yml:6:7 «nonsense» There is no test "nonsense". → Known tests are "not_null", "unique", "accepted_values", "relationships", "in_range", "any_args", "whole".',
    ],
    [
      "- dbt_utils.unique_combination: {}\n",
      'error unknown-test models/p.yml:6:7 «dbt_utils.unique_combination» There is no test "dbt_utils.unique_combination". → Known tests are "not_null", "unique", "accepted_values", "relationships", "in_range", "any_args", "whole".',
    ],
    [
      "- in_range: { arguments: { lowest: 1 } }\n",
      'error unknown-argument models/p.yml:6:32 «lowest» The test "in_range" takes no argument "lowest".',
    ],
    [
      "- in_range: { arguments: { hig: 1 } }\n",
      'error unknown-argument models/p.yml:6:32 «hig» The test "in_range" takes no argument "hig". → Did you mean "high"?',
    ],
    [
      "- unique: { severty: warn }\n",
      'error unknown-argument models/p.yml:6:17 «severty» The test "unique" takes no argument "severty". → Did you mean "severity"?',
    ],
    [
      "- unique: { arguments: { model: x } }\n",
      'error test-argument models/p.yml:6:30 «model» The argument "model" is what the test is declared for.',
    ],
    [
      "- whole: { arguments: { expression: 1 } }\n",
      'error test-argument models/p.yml:6:7 «whole» The test "whole" is not one for a column. → Declare it beside the columns, for the resource as a whole.',
    ],
    [
      "- accepted_values\n",
      'error missing-argument models/p.yml:6:7 «accepted_values» The test "accepted_values" needs the argument "values".',
    ],
    [
      "- relationships: { arguments: { to: ref('users') } }\n",
      'error missing-argument models/p.yml:6:7 «relationships» The test "relationships" needs the argument "field".',
    ],
    [
      "- unique: { name: my test }\n",
      'error resource-name models/p.yml:6:23 «my test» The name of the test "my test" has a space in it.',
    ],
    [
      "- unique: { config: { severity: fatal } }\n",
      'error config-value models/p.yml:6:37 «fatal» The severity of a test is "error" or "warn", found "fatal".',
    ],
    [
      "- unique: { config: { severity: eror } }\n",
      'error config-value models/p.yml:6:37 «eror» The severity of a test is "error" or "warn", found "eror". → Did you mean "error"?',
    ],
    [
      "- unique: { config: { limit: few } }\n",
      'error config-value models/p.yml:6:34 «few» The config "limit" is a whole number of at least 1, found "few".',
    ],
    [
      "- unique: { config: { enabled: 'no' } }\n",
      'error config-value models/p.yml:6:36 «\'no\'» The config "enabled" is true or false, found "no".',
    ],
    [
      "- unique: { config: { where: \"id > {{ var('x') }}\" } }\n",
      'error unknown-var models/p.yml:6:34 «"id > {{ var(\'x\') }}"» The variable "x" has no value. → Give it one under "vars" in the project file, by --vars \'{"x": …}\', or as the default of var().',
    ],
    [
      "- unique: { config: { wher: id > 1 } }\n",
      'warning unknown-config models/p.yml:6:33 «id > 1» The config "wher" means nothing to tsdbt. → Did you mean "where"?',
    ],
    [
      "- unique: { config: { store_failures: often } }\n",
      'error config-value models/p.yml:6:43 «often» The config "store_failures" is true or false, found "often".',
    ],
  ])("is told at its place: %s", (tests, expected) => {
    expect(compile(tests).told).toEqual([expected]);
  });

  it("is told in all of its mistakes, and beside others", () => {
    const { told } = compile("- relationships: { arguments: { tp: x }, config: { severity: no } }\n- uniqe\n");
    expect(told).toEqual([
      'error config-value models/p.yml:6:66 «no» The severity of a test is "error" or "warn", found false.',
      'error unknown-argument models/p.yml:6:37 «tp» The test "relationships" takes no argument "tp".',
      'error missing-argument models/p.yml:6:7 «relationships» The test "relationships" needs the argument "to".',
      'error missing-argument models/p.yml:6:7 «relationships» The test "relationships" needs the argument "field".',
      'error unknown-test models/p.yml:7:7 «uniqe» There is no test "uniqe". → Did you mean "unique"?',
    ]);
  });

  it("is told for a model whose file has a fault too, for a seed and for a source", () => {
    const { told } = compile("- uniqe\n", {
      "models/users.sql": "select {{",
      "seeds/s.csv": "a\n1\n",
      "seeds/s.yml": "seeds: [{ name: s, data_tests: [nope] }]\n",
      "sources.yml": "sources: [{ name: r, tables: [{ name: t, tests: [nope] }] }]\n",
    });
    expect(told.filter((line) => line.includes("unknown-test")).map((line) => line.split(" «")[0])).toEqual([
      "error unknown-test sources.yml:1:50",
      "error unknown-test seeds/s.yml:1:33",
      "error unknown-test models/p.yml:6:7",
    ]);
  });

  it("says nothing of a test that is off", () => {
    expect(compile("- uniqe: { config: { enabled: false } }\n").told).toEqual([]);
    expect(compile("- uniqe\n", { "models/users.sql": "{{ config(enabled=false) }}" }).told).toEqual([]);
  });

  it("may not be declared twice", () => {
    const { told, project } = compile("- unique\n- unique: { config: { severity: warn } }\n");
    expect(told).toEqual([
      'error duplicate-test models/p.yml:7:7 «unique» The test "unique_users_id" is declared twice. | It is declared here already. models/p.yml:6:7 «unique»',
    ]);
    expect(project.tests).toHaveLength(1);
  });

  it("needs a column where it is not declared for one", () => {
    const { told } = compileLiteral({ ...base, "models/p.yml": "models: [{ name: users, data_tests: [unique] }]\n" });
    expect(told).toEqual([
      'error missing-argument models/p.yml:1:38 «unique» The test "unique" needs the argument "column_name". → Declare it for a column.',
    ]);
  });

  it("may leave out what a test of the project asks for, and give what it takes by kwargs", () => {
    const files = { ...base, "models/p.yml": "models: [{ name: users, data_tests: [any_args: { x: 1 }] }]\n" };
    expect(compileLiteral(files).told).toEqual([]);
    expect(compile("- in_range\n").told).toEqual([]);
  });
});

describe("the config of a test", () => {
  const settings = `${literalSettings}vars: { days: 3 }
data_tests:
  +severity: warn
  shop:
    +where: "id > 0"
    +tags: [t]
    marts:
      +limit: 7
`;

  it("comes from the project file by the folder of its property file, then from its declaration", () => {
    const own = "- unique: { config: { where: \"id > {{ var('days') }}\", tags: own, alias: short } }\n";
    const { "models/users.sql": model = "", ...others } = base;
    const files = {
      ...others,
      "project.yml": settings,
      "models/users.sql": model,
      "models/marts/p.yml": columnTests(own),
    };
    const compilation = compileLiteral(files);
    expect(compilation.told).toEqual([]);
    expect(onlyTest(compilation)).toMatchObject({
      severity: "warn",
      alias: "short",
      tags: ["own", "t"],
      config: { where: "id > 3", limit: 7, severity: "warn" },
      fqn: ["shop", "marts", "unique_users_id"],
    });
  });

  it("keeps the kind of a value that a template gives", () => {
    const compilation = compile('- unique: { config: { limit: "{{ var(\'days\') }}", enabled: "{{ 1 == 1 }}" } }\n', {
      "project.yml": settings,
    });
    expect(onlyTest(compilation).config).toMatchObject({ limit: 3, enabled: true });
  });

  it("is told once where the project file has it wrong, and where it applies to nothing", () => {
    const text = `${literalSettings}data_tests: { +severity: fatal }\n`;
    expect(compile("- unique\n- not_null\n", { "project.yml": text }).told).toEqual([
      'error config-value project.yml:4:15 «+severity» The severity of a test is "error" or "warn", found "fatal".',
    ]);
    const unused = `${literalSettings}data_tests: { shop: { mart: { +severity: warn } } }\n`;
    expect(compile("- unique\n", { "project.yml": unused }).told).toEqual([
      'warning unused-config project.yml:4:23 «mart» The config path "mart" applies to no resource. → A config whose value is a mapping needs a "+" before its key.',
    ]);
  });
});
