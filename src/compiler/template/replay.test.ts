import { describe, expect, it } from "vitest";
import { answerScript } from "../../../test/answer-script.ts";
import { renderInContext } from "../../../test/context/render-in-context.ts";
import type { StatementResult } from "../../domain/script.ts";
import type { Ask } from "./context/ask.ts";
import { replay, unlessAsking } from "./replay.ts";

function rowsOf(name: string, ...values: readonly (string | number)[]): { readonly result: StatementResult } {
  const columns = [{ name, type: typeof values[0] === "string" ? "VARCHAR" : "INTEGER" }];
  return { result: { columns, rows: values.map((value) => [value]), rowCount: undefined } };
}

/** Renders with questions answered; one that asks for functions of the prelude never is. */
function rendering(template: string): (ask: Ask) => string {
  return (ask) =>
    renderInContext(template, {
      scope: {
        warehouse: { ask, prepare: (statement) => ({ statement, uses: [] }), knownColumns: () => undefined },
      },
    });
}

describe("a template that asks the warehouse", () => {
  it("is evaluated anew with each answer, until none is missing", () => {
    const template = `{% set methods = run_query('select m').columns[0].values() %}
{%- for m in methods %}{{ m }}={{ run_query('count ' ~ m).rows[0][0] }} {% endfor %}`;
    const { asked, ended } = answerScript(
      replay(rendering(template)),
      rowsOf("m", "a", "b"),
      rowsOf("n", 1),
      rowsOf("n", 2),
    );
    expect(asked).toEqual(["select m", "count a", "count b"]);
    expect(ended).toBe("a=1 b=2 ");
  });

  it("sends statements with its own text, and loads their results once", () => {
    const template = `{% call statement('s', fetch_result=true) %} select {{ 1 + 1 }} as x {% endcall %}
{%- set r = load_result('s') %}{{ r.table.columns['x'].values() }} {{ r.data }} {{ load_result('nope') }}`;
    const { asked, ended } = answerScript(replay(rendering(template)), rowsOf("x", 2));
    expect([asked, ended]).toEqual([["select 2 as x"], "(2,) [(2,)] None"]);
    const twice = `{% call statement('s') %}x{% endcall %}{% do load_result('s') %}{% do load_result('s') %}`;
    expect(answerScript(replay(rendering(twice)), rowsOf("x", 1)).ended).toContain(
      'The result of the statement "s" has been loaded already.',
    );
  });

  it("looks at relations and columns, and changes them", () => {
    const template = `{% set old = adapter.get_relation('shop', 'main', 'OLD') %}{{ old }} {{ old.type }}
{% for c in adapter.get_columns_in_relation(old) %}{{ c.name }} {{ c.data_type }};{% endfor %}
{% do adapter.drop_relation(old) %}{{ adapter.check_schema_exists('shop', 'MAIN') }}
{%- do adapter.create_schema(this) %} {{ adapter.get_relation('shop', 'main', 'nope') is none }}`;
    const relations = [{ relation: { database: "shop", schema: "main", identifier: "old" }, kind: "view" as const }];
    const { asked, ended } = answerScript(
      replay(rendering(template)),
      { relations },
      { columns: [{ name: "id", type: "INTEGER" }] },
      rowsOf("n"),
      { schemas: ["main"] },
      rowsOf("n"),
      { relations },
    );
    expect(asked).toEqual([
      "relations of shop.main",
      "columns of old",
      'drop view if exists "shop"."main"."old" cascade',
      "schemas of shop",
      'create schema if not exists "shop"."marts"',
      "relations of shop.main",
    ]);
    expect(ended).toBe('"shop"."main"."old" view\nid INTEGER;\nTrue True');
  });

  it("without answers stops at its first question", () => {
    const asked = unlessAsking(() => renderInContext("{{ run_query('select 1') }}"));
    expect(asked).toBe("asks");
    expect(unlessAsking(() => renderInContext("no question"))).toBe("no question");
  });

  it("has to ask the same again", () => {
    let count = 0;
    const script = replay((ask) => {
      count += 1;
      ask({ kind: "schemas", database: String(count) });
      return count;
    });
    expect(() => answerScript(script, { schemas: [] })).toThrow("asked something else");
  });
});
