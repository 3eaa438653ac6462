import { describe, expect, it } from "vitest";
import { told } from "../../test/literal-project.ts";
import type { Diagnostic } from "../domain/diagnostic.ts";
import type { PackageMacros } from "./template/context/project-macros.ts";
import { isBuiltinTest, type ParsedMacros, parseMacros } from "./parse-macros.ts";

function parse(...texts: readonly string[]): { readonly parsed: ParsedMacros; readonly told: readonly string[] } {
  const diagnostics: Diagnostic[] = [];
  const files = texts.map((text, index) => ({ file: { path: `macros/${index}.sql`, text }, folder: "macros" }));
  const parsed = parseMacros(files, { name: "shop" }, (each) => diagnostics.push(each));
  return { parsed, told: diagnostics.map(told) };
}

function macrosOf({ macros }: ParsedMacros): PackageMacros {
  return macros.packages.get("shop") ?? new Map();
}

describe("the macro files of a project", () => {
  it("define macros by name, with their text", () => {
    const { parsed, told: all } = parse(
      "{# hi #}{% macro a(x) %}{{ x }}{% endmacro %}",
      "{% macro b() %}{% endmacro %}",
    );
    expect(all).toEqual([]);
    expect([...macrosOf(parsed).keys()]).toEqual(["a", "b"]);
    expect(parsed.resources.map(({ uniqueId, path, text }) => [uniqueId, path, text])).toEqual([
      ["macro.shop.a", "macros/0.sql", "{% macro a(x) %}{{ x }}{% endmacro %}"],
      ["macro.shop.b", "macros/1.sql", "{% macro b() %}{% endmacro %}"],
    ]);
  });

  it("define generic tests, over those that come with tsdbt, by a block or by a macro test_", () => {
    const { parsed, told: all } = parse(
      "{% test unique(model) %}{% endtest %}{% macro test_old(model) %}{% endmacro %}",
    );
    expect(all).toEqual([]);
    expect([...parsed.tests.keys()]).toEqual(["not_null", "unique", "accepted_values", "relationships", "old"]);
    const isOwn = ["not_null", "unique", "old"].map((name) => {
      const test = parsed.tests.get(name);
      return test !== undefined && test !== "broken" && isBuiltinTest(test);
    });
    expect(isOwn).toEqual([true, false, false]);
  });

  it("may not define a macro or test twice; the first one holds", () => {
    const { parsed, told: all } = parse(
      "{% macro a() %}1{% endmacro %}{% test t(model) %}1{% endtest %}",
      "{% macro a() %}2{% endmacro %}{% test t(model) %}2{% endtest %}{% macro test_t(model) %}{% endmacro %}",
    );
    expect(all).toEqual([
      'error duplicate-name macros/1.sql:1:10 «a» The macro "a" is defined twice. | It is defined here already. macros/0.sql:1:10 «a»',
      'error duplicate-name macros/1.sql:1:73 «test_t» The test "test_t" is defined twice. | It is defined here already. macros/0.sql:1:39 «t»',
      'error duplicate-name macros/1.sql:1:39 «t» The test "t" is defined twice. | It is defined here already. macros/0.sql:1:39 «t»',
    ]);
    expect(macrosOf(parsed).get("a")?.definition?.file.path).toBe("macros/0.sql");
  });

  it("with a fault are told, and what they seem to define is known", () => {
    const { parsed, told: all } = parse(
      "{% macro a() %}{{ {% endmacro %}{%- test t(model) %}{% endtest %}{% macro test_u(m) %}",
      "{% macro b() %}{% endmacro %}",
    );
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(/^error \S+ macros\/0\.sql:1:/u);
    expect([...macrosOf(parsed)].map(([name, { definition }]) => [name, definition === undefined])).toEqual([
      ["a", true],
      ["test_u", true],
      ["b", false],
    ]);
    expect([parsed.tests.get("t"), parsed.tests.get("u")]).toEqual(["broken", "broken"]);
  });
});
