import { describe, expect, it } from "vitest";
import { originalPlace, sqlFrom, trustedSql } from "../../domain/sql.ts";
import { injectEphemeral } from "./inject-ephemeral.ts";

const ephemeral = [
  { name: "__dbt__cte__a", query: trustedSql("select 1") },
  { name: "__dbt__cte__b", query: trustedSql("\nselect 2 -- last") },
];

const both = " __dbt__cte__a as (\nselect 1\n),  __dbt__cte__b as (\n\nselect 2 -- last\n)";

function inject(query: string): string {
  return injectEphemeral(trustedSql(query), ephemeral).text;
}

describe("the queries of ephemeral models", () => {
  it.each([
    ["select 3", `with${both} select 3`],
    ["\n\n  select 3\n", `\n\n  with${both} select 3\n`],
    ["-- heading\nselect 3", `with${both} -- heading\nselect 3`],
    ["/* with */ select 3", `with${both} /* with */ select 3`],
    ["# with x\nselect 3", `with${both} # with x\nselect 3`],
    ["(select 3)", `with${both} (select 3)`],
    ["withdrawals", `with${both} withdrawals`],
    ['select 1 as "with"', `with${both} select 1 as "with"`],
    [
      "select * from (with q as (select 1) select * from q)",
      `with${both} select * from (with q as (select 1) select * from q)`,
    ],
  ])("stand before the first word or comment of %j", (query, expected) => {
    expect(inject(query)).toBe(expected);
  });

  it.each([
    ["with x as (select 3) select * from x", `with ${both}, x as (select 3) select * from x`],
    ["WITH RECURSIVE\n x as (select 3) select 4", `WITH RECURSIVE\n ${both}, x as (select 3) select 4`],
    [
      "-- one\n/* two */ with\n\nx as (select 3) select 4",
      `-- one\n/* two */ with\n\n${both}, x as (select 3) select 4`,
    ],
    ["with/*c*/x as (select 3) select 4", `with${both}, /*c*/x as (select 3) select 4`],
    ['with"x" as (select 3) select 4', `with${both}, "x" as (select 3) select 4`],
    ["# one\nwith recursive_x as (select 3) select 4", `# one\nwith ${both}, recursive_x as (select 3) select 4`],
  ])("stand behind a query's own with: %j", (query, expected) => {
    expect(inject(query)).toBe(expected);
  });

  it("leave a query alone that reads none", () => {
    const query = trustedSql("select 3");
    expect(injectEphemeral(query, [])).toBe(query);
  });

  it("leave every word where it was written", () => {
    const file = { path: "m.sql", text: "with x as (select bad) select * from x" };
    const query = sqlFrom({ file, start: 0, end: file.text.length }, file.text);
    const whole = injectEphemeral(query, ephemeral);
    const at = whole.text.indexOf("bad");
    expect(originalPlace(whole, at, at + 3)?.span.start).toBe(file.text.indexOf("bad"));
  });
});
