import { describe, expect, it } from "vitest";
import { asWritten, told } from "../../test/literal-project.ts";
import { error, failed, passed } from "../domain/diagnostic.ts";
import { type Sql, sqlFrom, trustedSql } from "../domain/sql.ts";
import { compileQuery, type QueryContext } from "./compile-query.ts";

const file = { path: "models/m.sql", text: "{{ config() }}\nselect 1;\n" };

const context: QueryContext = {
  dialect: "bigquery",
  catalog: { find: () => undefined, tables: () => [] },
  translate: asWritten,
  place: { file, start: 0, end: 0 },
};

function compile(query: Sql, given: Partial<QueryContext> = {}): readonly string[] {
  const compiled = compileQuery(query, { ...context, ...given });
  return compiled.ok ? [compiled.value.query.statement.text] : compiled.diagnostics.map(told);
}

describe("a rendered query", () => {
  it("is trimmed and translated, its columns and functions with it", () => {
    const translate: QueryContext["translate"] = (query) =>
      passed({
        statement: trustedSql(`duck ${query.text}`),
        columns: [{ name: "a", type: "INT64" }],
        lineage: [{ column: "a", sources: [] }],
        uses: ["f"],
      });
    const compiled = compileQuery(trustedSql("\n select 1\n"), { ...context, translate });
    expect(compiled).toMatchObject({
      ok: true,
      value: {
        query: { text: { text: "select 1" }, statement: { text: "duck select 1" }, uses: ["f"] },
        columns: [{ name: "a" }],
        lineage: [{ column: "a", sources: [] }],
      },
    });
  });

  it("is as it was written in DuckDB's own dialect, and its columns are not known", () => {
    const translate = () => failed(error("no", "No."));
    const compiled = compileQuery(trustedSql("select 1"), { ...context, dialect: "duckdb", translate });
    expect(compiled).toMatchObject({
      ok: true,
      value: { query: { statement: { text: "select 1" }, uses: [] }, columns: undefined },
    });
  });

  it("that is refused is told as it was refused", () => {
    expect(compile(trustedSql("select 1"), { translate: () => failed(error("a", "A."), error("b", "B.")) })).toEqual([
      "error a nowhere A.",
      "error b nowhere B.",
    ]);
  });

  it.each(["", " \n", "-- nothing\n", "/* nothing */", "# nothing"])("needs more than %j", (text) => {
    expect(compile(trustedSql(text))).toEqual([
      "error empty-query models/m.sql:1:1 «» There is no query in this file.",
    ]);
  });

  it("has no semicolon at its end, wherever comments stand", () => {
    const query = sqlFrom({ file, start: 15, end: 24 }, "select 1;");
    expect(compile(query)).toEqual([
      "error semicolon models/m.sql:2:9 «;» A query does not end with a semicolon. → Take the semicolon away.",
    ]);
    expect(compile(trustedSql("select 1; -- done"))[0]).toContain("error semicolon models/m.sql:1:1");
    expect(compile(trustedSql("select 1 -- done;"))).toEqual(["select 1 -- done;"]);
    expect(compile(trustedSql("select ';'"))).toEqual(["select ';'"]);
  });
});
