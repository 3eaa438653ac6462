import { describe, expect, it } from "vitest";
import { build, knownTables, named, rows, run, useEmptyWarehouse } from "../../../test/built-models.ts";
import { incrementalOf, modelOf, queryOf } from "../../../test/literal-resources.ts";
import type { Outcome } from "../../domain/plan.ts";

useEmptyWarehouse();

describe("merging, on DuckDB", () => {
  async function merged(
    key: readonly string[],
    { table, incremental }: { readonly table: string; readonly incremental: string },
  ): Promise<Outcome> {
    await run(`create table m as select * from (values ${table}) as v (id, name)`);
    return await build(named(incrementalOf({ uniqueKey: key }), { full: table, incremental }));
  }

  it("changes no row, and counts none, where nothing is new", async () => {
    const table = "(1, 'a'), (2, null)";
    expect(await merged(["id"], { table, incremental: table })).toMatchObject({ status: "success", rowCount: 0 });
    expect(await rows("from m order by 1")).toEqual([
      [1, "a"],
      [2, null],
    ]);
  });

  it("takes an empty batch", async () => {
    await run("create table m as select 1 as id, 'a' as name");
    const query = queryOf("select 1 as id, 'b' as name where false");
    for (const uniqueKey of [[], ["id"]]) {
      const model = modelOf("m", { materialization: incrementalOf({ uniqueKey }), full: query });
      expect(await build(model)).toMatchObject({ status: "success", rowCount: 0 });
    }
    expect(await rows("from m")).toEqual([[1, "a"]]);
  });

  it("updates values to null and from null", async () => {
    const outcome = await merged(["id"], { table: "(1, 'a'), (2, null)", incremental: "(1, null), (2, 'b')" });
    expect(outcome).toMatchObject({ rowCount: 2 });
    expect(await rows("from m order by 1")).toEqual([
      [1, null],
      [2, "b"],
    ]);
  });

  it("matches several keys together, and names of keys whatever their case", async () => {
    const outcome = await merged(["ID", "Name"], { table: "(1, 'a'), (1, 'b')", incremental: "(1, 'b'), (2, 'b')" });
    expect(outcome).toMatchObject({ rowCount: 1 });
    expect(await rows("from m order by 1, 2")).toEqual([
      [1, "a"],
      [1, "b"],
      [2, "b"],
    ]);
  });

  it("takes a key that is named twice", async () => {
    const repeated = { table: "(1, 'a')", incremental: "(1, 'b'), (2, 'c')" };
    expect(await merged(["id", "id"], repeated)).toMatchObject({ status: "success", rowCount: 2 });
    await run("drop table m");
    expect(await merged(["id", "id"], { ...repeated, incremental: "(1, 'b'), (1, 'c')" })).toMatchObject({
      status: "error",
    });
  });

  it("inserts a null key again each run, as dbt does", async () => {
    const all = { table: "(null, 'a')", incremental: "(null, 'a'), (null, 'a')" };
    expect(await merged(["id"], all)).toMatchObject({ status: "success", rowCount: 2 });
    expect(await rows("from m")).toHaveLength(3);
  });

  it("inserts all rows of a new key, as BigQuery does", async () => {
    expect(await merged(["id"], { table: "(1, 'a')", incremental: "(2, 'b'), (2, 'c')" })).toMatchObject({
      status: "success",
      rowCount: 2,
    });
  });

  it("refuses repeated rows of a known key, names five of them and changes nothing", async () => {
    const keys = [1, 2, 3, 4, 5, 6, 7];
    const table = keys.map((key) => `(${key}, 'old')`).join(", ");
    const incremental = keys.map((key) => `(${key}, 'b'), (${key}, 'c')`).join(", ");
    expect(await merged(["id"], { table, incremental })).toMatchObject({
      status: "error",
      diagnostics: [
        {
          code: "repeated-key",
          message: 'The query of "m" has several rows for one unique_key: (1), (2), (3), (4), (5).',
        },
      ],
    });
    expect(await rows("select distinct name from m")).toEqual([["old"]]);
    expect(await knownTables()).toEqual([]);
  });

  it("takes any of the rows of a known key in a model of DuckDB's own dialect, and warns", async () => {
    await run("create table m as select 1 as id, 'old' as name");
    const full = queryOf("select 1 as id, 'new' as name union all select 1, 'new'");
    const outcome = await build(modelOf("m", { materialization: incrementalOf({ uniqueKey: ["id"] }), full }));
    expect(outcome).toMatchObject({ status: "success", warnings: [{ code: "repeated-key", severity: "warning" }] });
    expect(await rows("from m")).toEqual([[1, "new"]]);
  });

  it("refuses equal rows of a known key too", async () => {
    const outcome = await merged(["id"], { table: "(1, 'old')", incremental: "(1, 'b'), (1, 'b')" });
    expect(outcome).toMatchObject({ status: "error" });
  });

  it("updates each row of the table that has the key", async () => {
    const outcome = await merged(["id"], { table: "(1, 'a'), (1, 'b')", incremental: "(1, 'c')" });
    expect(outcome).toMatchObject({ rowCount: 2 });
    expect(await rows("from m")).toEqual([
      [1, "c"],
      [1, "c"],
    ]);
  });

  it("appends each time without a key, and where that is the strategy", async () => {
    await run("create table m as select 1 as id, 'a' as name");
    for (const given of [{}, { strategy: "append", uniqueKey: ["id"] }] as const)
      await build(named(incrementalOf(given), { full: "(0, '')", incremental: "(1, 'a')" }));
    expect(await rows("from m")).toEqual([
      [1, "a"],
      [1, "a"],
      [1, "a"],
    ]);
  });

  it("goes by names and not by places of columns", async () => {
    await run("create table m as select 1 as id, 'a' as name");
    for (const uniqueKey of [[], ["id"]]) {
      const full = queryOf("select 'b' as NAME, 2 as Id");
      await build(modelOf("m", { materialization: incrementalOf({ uniqueKey }), full }));
    }
    expect(await rows("from m order by 1")).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
  });
});
