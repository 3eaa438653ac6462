import { describe, expect, it } from "vitest";
import type { DialectName } from "../domain/settings.ts";
import { significantText } from "./significant-text.ts";

function significant(text: string, dialect: DialectName): string | undefined {
  const found = significantText(text, dialect);
  return found && text.slice(found.start, found.end);
}

describe("what a query says", () => {
  it.each([
    ["  select 1\n", "select 1"],
    ["-- a\nselect 1 -- b;", "select 1"],
    ["/* a; */ select 1 /* b\n; */\n", "select 1"],
    ["select 1 /* never closed", "select 1"],
    ["select 1; -- done\n", "select 1;"],
    ["select '--' /* x */", "select '--'"],
    ["select '/* ;' -- x", "select '/* ;'"],
    ['select "--" -- x', 'select "--"'],
    ["select 'it''s; --' -- x", "select 'it''s; --'"],
    ["select 'open -- x", "select 'open"],
    ["x", "x"],
  ])("in DuckDB's dialect: %j", (text, expected) => {
    expect(significant(text, "duckdb")).toBe(expected);
  });

  it.each([
    ["select $$ -- ; $$ -- x", "select $$ -- ; $$"],
    ["select $a$ $$ -- $a$ -- x", "select $a$ $$ -- $a$"],
    ["select e'\\' -- ' -- x", "select e'\\' -- '"],
    ["select #1", "select #1"],
  ])("in DuckDB's own ways to quote: %j", (text, expected) => {
    expect(significant(text, "duckdb")).toBe(expected);
  });

  it.each([
    ["# a\nselect 1 # b;", "select 1"],
    ["select '\\' -- ' -- x", "select '\\' -- '"],
    ["select '''\n' -- \n''' -- x", "select '''\n' -- \n'''"],
    ['select """\n" # \n""" # x', 'select """\n" # \n"""'],
    ["select r'\\' -- x' # y", "select r'\\' -- x'"],
    ["select `--` -- x", "select `--`"],
    ["select '' # x", "select ''"],
  ])("in GoogleSQL: %j", (text, expected) => {
    expect(significant(text, "bigquery")).toBe(expected);
  });

  it.each(["", "  \n", "-- a", "/* a */ -- b\n", "# a\n"])("is nothing in %j", (text) => {
    expect(significant(text, "bigquery")).toBeUndefined();
  });

  it("is a sign that starts no comment where the dialect has no such comment", () => {
    expect(significant("# a\n", "duckdb")).toBe("# a");
  });
});
