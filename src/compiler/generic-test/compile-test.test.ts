import { describe, expect, it } from "vitest";
import {
  compileLiteral,
  type LiteralCompilation,
  type LiteralFiles,
  literalSettings,
  nativeSettings,
  onlyTest,
} from "../../../test/literal-project.ts";
import type { CompiledTest } from "../../domain/model.ts";
import { error, failed } from "../../domain/diagnostic.ts";
import { spanText } from "../../domain/source-file.ts";
import { originalPlace } from "../../domain/sql.ts";

const base: LiteralFiles = {
  "project.yml": nativeSettings,
  "models/users.sql": "select 1 as id",
  "seeds/countries.csv": "code\nDE\n",
};

function compile(tests: string, more: LiteralFiles = {}): LiteralCompilation {
  const properties = `models:\n- name: users\n  columns:\n  - name: id\n    data_tests:\n${tests.replaceAll(/^-/gmu, "    -")}`;
  return compileLiteral({ ...base, "models/p.yml": properties, ...more });
}

/** The rows that are failures: what stands within the query that counts them. */
function rowsOf(compilation: LiteralCompilation): string {
  const { text } = onlyTest(compilation).query.text;
  const inside = /from \(\n([\s\S]*)\n\s*\) dbt_internal_test$/u.exec(text)?.[1] ?? text;
  return inside.replaceAll(/\s+/gu, " ").trim();
}

describe("the query of a test", () => {
  it("counts the rows that are failures", () => {
    expect(onlyTest(compile("- not_null\n")).query.text.text.replaceAll(/\s+/gu, " ")).toBe(
      'select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from ( select id from "shop"."main"."users" where id is null ) dbt_internal_test',
    );
  });

  it.each([
    [
      "- unique\n",
      'select id as unique_field, count(*) as n_records from "shop"."main"."users" where id is not null group by id having count(*) > 1',
    ],
    [
      '- accepted_values: { arguments: { values: [a, "it\'s", 1] } }\n',
      "with all_values as ( select id as value_field, count(*) as n_records from \"shop\".\"main\".\"users\" group by id ) select * from all_values where value_field not in ( 'a', 'it''s', '1' )",
    ],
    [
      "- accepted_values: { arguments: { values: [1, 2.0], quote: false } }\n",
      'with all_values as ( select id as value_field, count(*) as n_records from "shop"."main"."users" group by id ) select * from all_values where value_field not in ( 1, 2.0 )',
    ],
    [
      "- relationships: { arguments: { to: ref('countries'), field: code } }\n",
      'with child as ( select id as from_field from "shop"."main"."users" where id is not null ), parent as ( select code as to_field from "shop"."main"."countries" ) select from_field from child left join parent on child.from_field = parent.to_field where parent.to_field is null',
    ],
    [
      "- not_null: { config: { where: id > 1 } }\n",
      'select id from (select * from "shop"."main"."users" where id > 1) dbt_subquery where id is null',
    ],
    ["- not_null: { config: { where: '' } }\n", 'select id from "shop"."main"."users" where id is null'],
    ["- not_null: { config: { limit: 5 } }\n", 'select id from "shop"."main"."users" where id is null limit 5'],
  ])("asks for its failures: %s", (tests, expected) => {
    const compilation = compile(tests);
    expect(compilation.told).toEqual([]);
    expect(rowsOf(compilation)).toBe(expected);
  });

  it("is judged by what the config says", () => {
    const config = '{ fail_calc: sum(id), warn_if: "> 5", error_if: "> 10", severity: WARN }';
    const test = onlyTest(compile(`- not_null: { config: ${config} }\n`));
    expect(test.severity).toBe("warn");
    expect(test.query.text.text.replaceAll(/\s+/gu, " ")).toMatch(
      /^select sum\(id\) as failures, sum\(id\) > 5 as should_warn, sum\(id\) > 10 as should_error from \(/u,
    );
  });

  it("has the config that the generic test gives itself, unless its declaration gives another", () => {
    const even =
      "{% test even(model, column_name) %}{{ config(severity='warn', limit=2, tags='block') }}select * from {{ model }} where {{ column_name }} % 2 = 1 -- {{ config.get('limit') }}{% endtest %}";
    const compiled = (config: string): CompiledTest =>
      onlyTest(compile(`- even: { config: ${config} }\n`, { "macros/even.sql": even }));
    expect(compiled("{}")).toMatchObject({ severity: "warn", tags: ["block"], config: { limit: 2 } });
    expect(compiled("{ severity: error, limit: 7, tags: own }")).toMatchObject({
      severity: "error",
      tags: ["own", "block"],
      config: { limit: 7 },
    });
    expect(compiled("{ limit: 7 }").rows.text).toMatch(/-- 7$/u);
  });

  it.each([
    ["{}", {}, undefined],
    ["{}", { storesFailures: true }, "table"],
    ["{ store_failures: true }", {}, "table"],
    ["{ store_failures: false }", { storesFailures: true }, undefined],
    ["{ store_failures_as: view }", {}, "view"],
    ["{ store_failures_as: ephemeral, store_failures: true }", { storesFailures: true }, undefined],
    ["{ store_failures_as: table, store_failures: false }", {}, "table"],
  ])("keeps its failures where the config %s says, or the call %j", (config, inputs, as) => {
    const properties = `models: [{ name: users, columns: [{ name: id, data_tests: [{ not_null: { config: ${config} } }] }] }]\n`;
    const test = onlyTest(compileLiteral({ ...base, "models/p.yml": properties }, inputs));
    expect(test.stored?.as).toBe(as);
    expect(test.rows.text).toMatch(as === undefined ? /^select id\n/u : /^select \*\n/u);
    if (as !== undefined) {
      expect(test.stored?.relation).toEqual({
        database: "shop",
        schema: "main_dbt_test__audit",
        identifier: "not_null_users_id",
      });
      expect(test.query.text.text).toContain('select * from "shop"."main_dbt_test__audit"."not_null_users_id"');
    }
  });

  it("tells of a form in which no failures can be kept", () => {
    expect(compile("- not_null: { config: { store_failures_as: file } }\n").told).toEqual([
      expect.stringContaining('The failures of a test cannot be stored as "file".'),
    ]);
  });

  it("is written in the dialect of the model, GoogleSQL too", () => {
    const values = '- accepted_values: { arguments: { values: ["it\'s", "a\\\\b"] } }\n';
    expect(rowsOf(compile(values, { "project.yml": literalSettings }))).toMatch(
      /from `shop`\.`main`\.`users` .* not in \( 'it\\'s', 'a\\\\b' \)$/u,
    );
    const native = {
      "project.yml": literalSettings,
      "models/users.sql": "{{ config(dialect='duckdb') }} select 1 as id",
    };
    expect(rowsOf(compile(values, native))).toContain("'it''s', 'a\\b'");
  });

  it("has a quoted column's name within quotes", () => {
    const properties = "models: [{ name: users, columns: [{ name: order, quote: true, data_tests: [not_null] }] }]\n";
    const test = onlyTest(compile("", { "models/p.yml": properties }));
    expect(test).toMatchObject({ generic: { columnName: '"order"' }, name: "not_null_users__order_" });
    expect(test.query.text.text).toContain('where "order" is null');
  });

  it("takes templates and bare calls as arguments, in lists and mappings too", () => {
    const { project, told } = compile(
      "- t: { a: \"{{ 1 + 1 }}\", b: [\"x{{ var('v') }}\", var('v')], c: { k: \"{{ ref('users').identifier }}\" } }\n",
      {
        "project.yml": `${nativeSettings}vars: { v: 7 }\n`,
        "macros/t.sql": "{% test t(model, column_name, a, b, c) %}select {{ a + 1 }}, {{ b }}, {{ c }}{% endtest %}",
      },
    );
    expect(told).toEqual([]);
    expect(project.tests[0]?.query.text.text).toContain("select 3, ['x7', 7], {'k': 'users'}");
  });

  it("gives a test the relation itself, so that it can be asked for its parts", () => {
    const macro = "{% test t(model, column_name) %}select '{{ model.identifier }}', {{ model.schema }}{% endtest %}";
    expect(rowsOf(compile("- t\n", { "macros/t.sql": macro }))).toBe("select 'users', main");
  });

  it("knows where the column, an argument and the config were written", () => {
    const { query } = onlyTest(compile("- not_null: { config: { where: ide > 1 } }\n"));
    const place = (text: string): string | undefined => {
      const at = query.text.text.indexOf(text);
      const span = originalPlace(query.text, at, at + text.length)?.span;
      return span && spanText(span);
    };
    expect(place("ide >")).toBe("ide >");
    expect(place("id is null")).toBe("id");
  });

  it("puts the queries of ephemeral models in front", () => {
    const files = {
      "models/users.sql": "{{ config(materialized='ephemeral') }}select 1 as id",
      "models/other.sql": "{{ config(materialized='ephemeral') }}select id from {{ ref('users') }}",
    };
    const { query, dependsOn } = onlyTest(
      compile("- relationships: { arguments: { to: ref('other'), field: id } }\n", files),
    );
    expect(query.text.text).toMatch(
      /\(\nwith {2}__dbt__cte__users as \(\nselect 1 as id\n\), {2}__dbt__cte__other as \(\nselect id from __dbt__cte__users\n\), child as \(\n/u,
    );
    expect(query.text.text).toContain("from __dbt__cte__users\n");
    expect(dependsOn).toEqual(["model.shop.other", "model.shop.users"]);
  });

  it("is translated, and a refusal is told", () => {
    const translate = () => failed(error("no", "It cannot be said."));
    const { told, project } = compileLiteral(
      {
        "models/m.sql": "{{ config(dialect='duckdb') }}select 1 as id",
        "sources.yml": "sources: [{ name: s, tables: [{ name: t, columns: [{ name: a, tests: [unique] }] }] }]\n",
      },
      { translate },
    );
    expect([told, project.tests]).toEqual([["error no nowhere It cannot be said."], []]);
  });
});

describe("a test of what cannot be read", () => {
  const relationships = "- relationships: { arguments: { to: ref('other'), field: id } }\n";

  it("is told for what is not there", () => {
    expect(compile("- relationships: { arguments: { to: ref('usrs'), field: id } }\n").told).toEqual([
      'error unknown-ref models/p.yml:6:41 «ref(\'usrs\')» There is no model or seed "usrs". → Did you mean "users"?',
    ]);
    expect(compile("- relationships: { arguments: { to: \"source('a', 'b')\", field: id } }\n").told).toEqual([
      'error unknown-source models/p.yml:6:41 «"source(\'a\', \'b\')"» There is no source "a". → Sources are declared under "sources" in a property file.',
    ]);
  });

  it("is told in its argument", () => {
    expect(compile('- accepted_values: { arguments: { values: ["{{ nope }}", "{{ 1 + }}"] } }\n').told).toEqual([
      expect.stringMatching(/^error \S+ models\/p\.yml:6:48 «"\{\{ nope \}\}"»/u),
      expect.stringMatching(/^error \S+ models\/p\.yml:6:62 «"\{\{ 1 \+ \}\}"»/u),
    ]);
  });

  it("is off with what it reads, without a word, as in dbt", () => {
    const { told, project } = compile(relationships, {
      "models/other.sql": "{{ config(enabled=false) }}select 1 as id",
    });
    expect([told, project.tests]).toEqual([[], []]);
    expect(project.disabled).toEqual([
      "model.shop.other",
      "test.shop.relationships_users_id__id__ref_other_.2b9962d4df",
    ]);
  });

  it.each([
    ["a model with a fault", { "models/other.sql": "select {{ nope }}" }],
    [
      "a model that reads one with a fault",
      { "models/other.sql": "select * from {{ ref('bad') }}", "models/bad.sql": "{{" },
    ],
    ["a seed with a fault", { "seeds/other.csv": "a\n1,2\n" }],
  ])("adds no words of its own where it reads %s", (_, files) => {
    expect(compile(relationships, files).told).toHaveLength(1);
  });
});
