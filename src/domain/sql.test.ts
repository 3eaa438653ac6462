import { describe, expect, it } from "vitest";
import type { SourceFile } from "./source-file.ts";
import { concatSql, joinSql, originalPlace, sliceSql, sql, sqlFrom, trimSql, trustedSql } from "./sql.ts";

const file: SourceFile = { path: "models/m.sql", text: "select a, b\nfrom {{ ref('up') }}\n" };
const select = sqlFrom({ file, start: 0, end: 12 }, "select a, b\n");
const from = sqlFrom({ file, start: 12, end: 17 }, "from ");
const reference = sqlFrom({ file, start: 17, end: 32 }, '"db"."main"."up"');
const query = concatSql([select, from, reference]);

describe("sql with origins", () => {
  it("maps the author's own text character by character, through wrappers", () => {
    const statement = sql`create table t as (\n${query}\n)`;
    const at = statement.text.indexOf("b\n");
    expect(originalPlace(statement, at, at + 1)?.span).toEqual({ file, start: 10, end: 11 });
  });

  it("maps any part of a rendered value to the whole expression", () => {
    const at = query.text.indexOf('"main"');
    expect(originalPlace(query, at, at + 6)?.span).toEqual({ file, start: 17, end: 32 });
  });

  it("knows that its own text has no author", () => {
    expect(originalPlace(sql`create view v as ${query}`, 0, 6)).toBeUndefined();
  });

  it("keeps origins when it cuts, trims and joins", () => {
    expect(sliceSql(query, 7, 8)).toEqual(sqlFrom({ file, start: 7, end: 8 }, "a"));
    expect(trimSql(sql`  ${sliceSql(query, 6, 11)}  `)).toEqual(sliceSql(query, 7, 11));
    expect(originalPlace(joinSql([trustedSql("x"), select], ", "), 3, 9)?.span).toEqual({ file, start: 0, end: 6 });
  });
});
