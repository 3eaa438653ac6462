import { describe, expect, it } from "vitest";
import { build, knownTables, rows, run, useEmptyWarehouse } from "../../../test/built-models.ts";
import { incrementalOf, modelOf, queryOf } from "../../../test/literal-resources.ts";
import type { SchemaChangePolicy } from "../../domain/incremental.ts";
import type { Outcome } from "../../domain/plan.ts";
import { StatementError } from "../../runner/warehouse.ts";

useEmptyWarehouse();

describe("columns that changed, on DuckDB", () => {
  const added = "select 1 as id, 'b' as name, 3 as extra union all select 2, 'c', 4";
  const lacking = "select 1 as id union all select 2";
  const retyped = "select 1 as id, date '2024-02-29' as name";

  async function changed(
    query: string,
    onSchemaChange: SchemaChangePolicy,
    strategy: "append" | "delete+insert" | "merge" = "merge",
  ): Promise<Outcome> {
    await run("create table m as select 1 as id, 'a' as name");
    const materialization = incrementalOf({ uniqueKey: ["id"], onSchemaChange, strategy });
    return await build(modelOf("m", { materialization, full: queryOf(query) }));
  }

  it.each([
    [
      "is left out where the model adds it",
      added,
      [
        [1, "b"],
        [2, "c"],
      ],
      'the model adds "extra"',
    ],
    [
      "keeps its values where the model lacks it",
      lacking,
      [
        [1, "a"],
        [2, null],
      ],
      'the model lacks "name"',
    ],
    [
      "keeps its type where the model has another",
      retyped,
      [[1, "2024-02-29"]],
      '"name" is DATE in the model and VARCHAR in the table',
    ],
  ] as const)("one that %s, if that is to be ignored", async (_, query, expected, difference) => {
    expect(await changed(query, "ignore")).toMatchObject({
      status: "success",
      warnings: [{ message: `The table of "m" keeps its columns: ${difference}.` }],
    });
    expect(await rows("from m order by 1")).toEqual(expected);
  });

  it.each([[[]], [["id"]]])(
    "values that do not fit the type of the table's column leave it as it was, on %j",
    async (uniqueKey) => {
      await run("create table m as select 1 as id, 2 as name");
      const full = queryOf("select '1' as id, 'two' as name");
      await expect(build(modelOf("m", { materialization: incrementalOf({ uniqueKey }), full }))).rejects.toMatchObject({
        code: "refused",
        message: expect.stringContaining("'two'") as unknown,
      });
      expect(await rows("from m")).toEqual([[1, 2]]);
    },
  );

  it("keys may have another type than the table's", async () => {
    await run("create table m as select '01' as id, 'a' as name");
    const full = queryOf("select 1 as id, 'b' as name");
    await build(modelOf("m", { materialization: incrementalOf({ uniqueKey: ["id"] }), full }));
    expect(await rows("from m order by 1")).toEqual([
      ["01", "a"],
      ["1", "b"],
    ]);
  });

  it.each([added, lacking, retyped])("nothing happens where they are to fail: %s", async (query) => {
    expect(await changed(query, "fail")).toMatchObject({ status: "error", diagnostics: [{ code: "schema-change" }] });
    expect(await rows("from m")).toEqual([[1, "a"]]);
    expect(await knownTables()).toEqual([]);
  });

  it.each([
    ["append_new_columns", added, "(1, 'b', 3), (2, 'c', 4)", "id, name, extra"],
    ["append_new_columns", lacking, "(1, 'a'), (2, null)", "id, name"],
    ["append_new_columns", retyped, "(1, '2024-02-29')", "id, name"],
    ["sync_all_columns", added, "(1, 'b', 3), (2, 'c', 4)", "id, name, extra"],
    ["sync_all_columns", lacking, "(1), (2)", "id"],
    ["sync_all_columns", "select 1 as id, 2 as n", "(1, 2)", "id, n"],
  ] as const)("are taken over as %s says: %s", async (policy, query, expected, names) => {
    expect(await changed(query, policy)).toMatchObject({ status: "success", warnings: [] });
    expect(await rows("from m order by 1")).toEqual(await rows(`from (values ${expected}) order by 1`));
    expect(await rows("select column_name from duckdb_columns() where table_name = 'm' order by column_index")).toEqual(
      names.split(", ").map((name) => [name]),
    );
  });

  it("change their type as the model's does, where all is to be synchronised", async () => {
    await run("create table m as select 1 as id, 2 as n union all select 3, 4");
    const materialization = incrementalOf({ uniqueKey: ["id"], onSchemaChange: "sync_all_columns" });
    await build(modelOf("m", { materialization, full: queryOf("select 1 as id, 'two' as n") }));
    expect(await rows("select n from m order by id")).toEqual([["two"], ["4"]]);
  });

  it("leave the table as it was when the rows cannot come in after all", async () => {
    await run("create table m (id integer, name varchar check (name <> 'b'))", "insert into m values (1, 'a')");
    const materialization = incrementalOf({ uniqueKey: ["id"], onSchemaChange: "append_new_columns" });
    await expect(build(modelOf("m", { materialization, full: queryOf(added) }))).rejects.toThrow(StatementError);
    expect(await rows("from m")).toEqual([[1, "a"]]);
  });

  it("stop rows from being replaced by such as lack a column", async () => {
    expect(await changed(lacking, "ignore", "delete+insert")).toMatchObject({ status: "error" });
    expect(await rows("from m")).toEqual([[1, "a"]]);
  });

  it("are taken over by a full refresh", async () => {
    await run("create table m as select 1 as id, 'a' as name");
    const materialization = incrementalOf({ uniqueKey: ["id"], onSchemaChange: "fail" });
    await build(modelOf("m", { materialization, full: queryOf(added) }), "full refresh");
    expect(await rows("from m order by 1")).toEqual([
      [1, "b", 3],
      [2, "c", 4],
    ]);
  });
});
