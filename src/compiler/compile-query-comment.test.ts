import { describe, expect, it } from "vitest";
import { compileLiteral, nativeSettings, parseLiteralSettings } from "../../test/literal-project.ts";

function commented(setting: string, more: Readonly<Record<string, string>> = {}): ReturnType<typeof compileLiteral> {
  return compileLiteral({
    "project.yml": `${nativeSettings}${setting}`,
    "models/a.sql": "select 1 as id",
    ...more,
  });
}

function commentsOf(setting: string, more: Readonly<Record<string, string>> = {}): readonly unknown[] {
  const { project } = commented(setting, more);
  return [project.commentOf("model.shop.a"), project.commentOf(undefined)];
}

describe("the comment on statements", () => {
  it("is dbt's JSON, with tsdbt for the app, where the project says nothing", () => {
    const [node, call] = commentsOf("");
    expect(node).toMatchObject({ place: "front", labels: {} });
    expect(String(Reflect.get(Object(node), "text"))).toMatch(
      /^\{"app": "tsdbt", "dbt_version": "[\d.]+", "profile_name": "shop", "target_name": "dev", "node_id": "model\.shop\.a"\}$/u,
    );
    expect(String(Reflect.get(Object(call), "text"))).toContain('"connection_name": "master"}');
  });

  it.each([
    ["a text, trimmed", 'query-comment: "of\\nshop\\n"\n', "of\nshop", "front", {}],
    ["put behind the statement", "query-comment: { comment: x, append: true }\n", "x", "end", {}],
    [
      "a label too",
      "query-comment: { comment: Who Asks, job-label: true }\n",
      "Who Asks",
      "front",
      { query_comment: "who_asks" },
    ],
    [
      "labels of its keys",
      `query-comment: { comment: "{{ tojson({'App': 'A b', 'n': 1}) }}", job-label: true }\n`,
      '{"App": "A b", "n": 1}',
      "front",
      { app: "a_b", n: "1" },
    ],
    ["a macro's text", 'query-comment: "{{ query_comment(node) }}"\n', "by model.shop.a", "front", {}],
  ])("may be %s", (_, setting, text, place, labels) => {
    const macro = "{% macro query_comment(node) %}by {{ node.unique_id if node else 'nobody' }}{% endmacro %}";
    expect(commentsOf(setting, { "macros/c.sql": macro })[0]).toEqual({ text, place, labels });
  });

  it.each(["query-comment:\n", 'query-comment: ""\n'])("is none with %j", (setting) => {
    expect(commentsOf(setting)).toEqual([undefined, undefined]);
  });

  it("is told where its form is none", () => {
    expect(parseLiteralSettings(`${nativeSettings}query-comment: [a]\n`).told.join(" ")).toContain(
      "Expected a query comment",
    );
  });

  it.each([
    ['query-comment: "a */ b"\n', 'The query comment has a "*/" in it, which would end it.'],
    ['query-comment: "{{ nope() }}"\n', '"nope"'],
  ])("is told where it cannot be one: %j", (setting, expected) => {
    expect(commented(setting).told.join("\n")).toContain(expected);
  });
});
