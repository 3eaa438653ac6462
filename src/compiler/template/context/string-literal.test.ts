import { describe, expect, it } from "vitest";
import type { DialectName } from "../../../domain/settings.ts";
import { spanText } from "../../../domain/source-file.ts";
import { originalPlace, sqlFrom } from "../../../domain/sql.ts";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { text, type Value } from "../values/value.ts";
import { stringLiteralFunction } from "./string-literal.ts";
import { withNames } from "./with-names.ts";

const nothing = { find: () => undefined, names: () => ["outer"], undefinedOutput: "error" } as const;

function literal(value: Value, dialect: DialectName): ReturnType<typeof renderTemplate> {
  const parsed = parseTemplate({ path: "t.sql", text: "{{ string_literal(value) }}" });
  if (!parsed.ok) throw new Error("the template has a fault");
  return renderTemplate(parsed.value, withNames(nothing, { value, string_literal: stringLiteralFunction(dialect) }));
}

function textOf(value: Value, dialect: DialectName): string | undefined {
  const rendered = literal(value, dialect);
  return rendered.ok ? rendered.value.text : undefined;
}

describe("a text literal", () => {
  it.each<[Value, string, string]>([
    ["plain", "'plain'", "'plain'"],
    ["it's", "'it''s'", "'it\\'s'"],
    ["a\\b", "'a\\b'", "'a\\\\b'"],
    ["two\nlines\r", "'two\nlines\r'", "'two\\nlines\\r'"],
    [5, "'5'", "'5'"],
    [true, "'True'", "'True'"],
    ["日本 😀", "'日本 😀'", "'日本 😀'"],
    ["", "''", "''"],
  ])("of %j is %s, or %s in GoogleSQL", (value, duckdb, bigquery) => {
    expect([textOf(value, "duckdb"), textOf(value, "bigquery")]).toEqual([duckdb, bigquery]);
  });

  it("knows where its text was written", () => {
    const file = { path: "p.yml", text: "values: [DE]" };
    const rendered = literal(text(sqlFrom({ file, start: 9, end: 11 }, "DE")), "duckdb");
    const place = rendered.ok ? originalPlace(rendered.value, 0, 4)?.span : undefined;
    expect(place && [place.file.path, spanText(place)]).toEqual(["p.yml", "DE"]);
  });
});

describe("an environment with more names", () => {
  it("has them before its own", () => {
    const environment = withNames({ ...nothing, find: (name) => `outer ${name}` }, { a: "inner" });
    expect([environment.find("a"), environment.find("toString"), [...environment.names()]]).toEqual([
      "inner",
      "outer toString",
      ["a", "outer"],
    ]);
  });
});
