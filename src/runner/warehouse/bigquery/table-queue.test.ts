import { describe, expect, it } from "vitest";
import { writtenTables } from "./table-queue.ts";

describe("the tables that a text writes to", () => {
  it.each([
    ["select 1 from `p`.`d`.`a`", []],
    ["merge into `p`.`D`.`a` as target using b on false", ["p.d.a"]],
    ["create or replace table `p`.`d`.`a_b` as (select 1)", ["p.d.a_b"]],
    ["drop table if exists d.a;\ninsert into `d.a` (x) select 1", ["d.a"]],
    [
      "begin transaction; delete from d.b where true; update `d`.`a` set x = 1 where true; commit transaction",
      ["d.a", "d.b"],
    ],
  ])("%s", (text, tables) => {
    expect(writtenTables(text)).toEqual(tables);
  });
});
