import { describe, expect, it } from "vitest";
import { compileLiteral, type LiteralCompilation, modelNamed, nativeSettings } from "../../test/literal-project.ts";

function compile(macro: string, more: Readonly<Record<string, string>> = {}): LiteralCompilation {
  return compileLiteral({
    "project.yml": nativeSettings,
    "macros/names.sql": macro,
    "models/in/a.sql": "{{ config(schema='marts', tags=['t']) }} select 1 as id",
    "models/b.sql": "select * from {{ ref('a') }}",
    "seeds/s.csv": "id\n1\n",
    ...more,
  });
}

describe("the name of a table", () => {
  it("has the schema that the project's own macro gives, for models and seeds", () => {
    const compilation = compile(
      "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema ~ '_' ~ node.resource_type }}{% endmacro %}",
    );
    expect(compilation.told).toEqual([]);
    expect(modelNamed(compilation, "a").relation.schema).toBe("marts");
    expect(modelNamed(compilation, "b").relation.schema).toBe("main_model");
    expect(modelNamed(compilation, "b").full.text.text).toBe('select * from "shop"."marts"."a"');
    expect(compilation.project.seeds[0]?.relation.schema).toBe("main_seed");
  });

  it("has the alias and database that the project's own macros give, with white space taken away", () => {
    const compilation = compile(
      `{% macro generate_alias_name(custom_alias_name=none, node=none) %}
  {{ node.fqn | join('__') }}{{ '_' ~ custom_alias_name if custom_alias_name }}
{% endmacro %}
{% macro generate_database_name(custom_database_name=none, node=none) %} {{ target.database }}_{{ node.name }} {% endmacro %}`,
      { "models/c.sql": "{{ config(alias='x') }} select 1 as id" },
    );
    expect(compilation.told).toEqual([]);
    expect(modelNamed(compilation, "a").relation).toEqual({
      database: "shop_a",
      schema: "main_marts",
      identifier: "shop__in__a",
    });
    expect(modelNamed(compilation, "c").relation.identifier).toBe("shop__c_x");
  });

  it.each([
    ["{% macro generate_schema_name(a, b) %}{% endmacro %}", 'The macro "generate_schema_name" gives no name for "a".'],
    [
      "{% macro generate_alias_name(a, b) %}{{ none }}{% endmacro %}",
      'The macro "generate_alias_name" gives no name for "a".',
    ],
    ["{% macro generate_schema_name(a) %}x{% endmacro %}", "generate_schema_name"],
    ["{% macro generate_schema_name(a, b) %}{{ nothing.at.all }}{% endmacro %}", "nothing"],
  ])("is told where the macro gives none: %s", (macro, message) => {
    const { told } = compile(macro, { "models/b.sql": "", "seeds/s.csv": "" });
    expect(told[0]).toContain(message);
  });
});
