import { describe, expect, it } from "vitest";
import {
  build,
  drive,
  kindOf,
  knownTables,
  named,
  rows,
  run,
  sql,
  useEmptyWarehouse,
} from "../../../test/built-models.ts";
import { incrementalOf, modelOf, queryOf, seedOf } from "../../../test/literal-resources.ts";
import { StatementError } from "../../runner/warehouse.ts";
import { seed } from "./seed.ts";

useEmptyWarehouse();

const before = {
  nothing: [],
  "a view": ["create view m as select 1 as id, 'old' as name"],
  "a table": ["create table m as select 1 as id, 'old' as name"],
};
const standing = ["nothing", "a view", "a table"] as const;

describe("a model over what stands there, on DuckDB", () => {
  const full = "(1, 'new'), (2, 'new')";

  it.each(standing)("becomes a view over %s", async (what) => {
    await run(...before[what]);
    expect(await build(named({ kind: "view" }, { full }))).toMatchObject({ status: "success", rowCount: undefined });
    expect([await kindOf("m"), await rows("from m order by 1"), await knownTables()]).toEqual([
      "view",
      [
        [1, "new"],
        [2, "new"],
      ],
      [],
    ]);
  });

  it.each(standing)("becomes a table over %s", async (what) => {
    await run(...before[what]);
    expect(await build(named({ kind: "table" }, { full }))).toMatchObject({ status: "success", rowCount: 2 });
    expect([await kindOf("m"), await rows("from m order by 1"), await knownTables()]).toEqual([
      "table",
      [
        [1, "new"],
        [2, "new"],
      ],
      [],
    ]);
  });

  it.each([
    ["nothing", "as planned", full],
    ["a view", "as planned", full],
    ["a table", "as planned", "(1, 'newer'), (3, 'newer')"],
    ["nothing", "full refresh", full],
    ["a view", "full refresh", full],
    ["a table", "full refresh", full],
  ] as const)("is incremental over %s, run %s", async (what, mode, expected) => {
    await run(...before[what]);
    const model = named(incrementalOf({ uniqueKey: ["id"] }), { full, incremental: "(1, 'newer'), (3, 'newer')" });
    expect(await build(model, mode)).toMatchObject({ status: "success", rowCount: 2, warnings: [] });
    expect(await kindOf("m")).toBe("table");
    expect(await rows("from m order by 1")).toEqual(await rows(`from (values ${expected}) order by 1`));
    expect(await knownTables()).toEqual([["m"]]);
  });

  it("goes from one to another and back, and the ledger knows it while it is incremental", async () => {
    const kinds = [{ kind: "view" }, { kind: "table" }, incrementalOf(), { kind: "view" }, incrementalOf()] as const;
    const seen: unknown[] = [];
    for (const materialization of kinds) {
      await build(named(materialization, { full, incremental: "(3, 'x')" }));
      seen.push([await kindOf("m"), (await rows("from m")).length, (await knownTables()).length]);
    }
    expect(seen).toEqual([
      ["view", 2, 0],
      ["table", 2, 0],
      ["table", 3, 1],
      ["view", 2, 0],
      ["table", 2, 1],
    ]);
  });

  it("keeps views alive that read it, by name", async () => {
    const model = named({ kind: "table" }, { full });
    await build(model);
    await run("create view reader as select count(*) as n from m");
    await build(model);
    expect(await rows("from reader")).toEqual([[2]]);
  });

  it.each([
    ["view", "a table", "as planned"],
    ["table", "a view", "as planned"],
    ["table", "a table", "as planned"],
    ["incremental", "a table", "as planned"],
    ["incremental", "a table", "full refresh"],
    ["incremental", "a view", "as planned"],
  ] as const)("as %s leaves %s as it was when its query fails, run %s", async (kind, what, mode) => {
    await run(...before[what]);
    const failing = kind === "view" ? "select no_such_column" : "select 1 as id, error('no') as name";
    const materialization = kind === "incremental" ? incrementalOf({ uniqueKey: ["id"] }) : { kind };
    const model = modelOf("m", { materialization, full: queryOf(failing) });
    await expect(build(model, mode)).rejects.toThrow(StatementError);
    expect(await kindOf("m")).toBe(what === "a view" ? "view" : "table");
    expect(await rows("from m")).toEqual([[1, "old"]]);
    expect(await knownTables()).toEqual([]);
  });

  it("leaves the table and the ledger as they were when the last statement fails", async () => {
    await run("create table m (id integer, name varchar check (name <> 'bad'))", "insert into m values (1, 'old')");
    const model = named(incrementalOf({ uniqueKey: ["id"] }), { full, incremental: "(1, 'fine'), (2, 'bad')" });
    await expect(build(model)).rejects.toThrow(StatementError);
    expect(await rows("from m")).toEqual([[1, "old"]]);
    expect(await knownTables()).toEqual([]);
  });

  it("replaces a seed, whatever stands there", async () => {
    for (const kind of [undefined, "table", "view"] as const) {
      if (kind === "view") await run("drop table days", "create view days as select 'x' as y");
      expect(await drive(seed(seedOf("days"), { kind, isRelaid: false }, sql))).toMatchObject({ rowCount: 2 });
      expect(await rows("from days")).toEqual([[1], [2]]);
    }
  });

  it("takes a seed of many rows", async () => {
    const many = Array.from({ length: 1234 }, (_, index) => [String(index)]);
    await drive(seed(seedOf("days", { rows: many }), { kind: undefined, isRelaid: false }, sql));
    expect(await rows("select count(*), sum(id) from days")).toEqual([[1234, (1234 * 1233) / 2]]);
  });
});
