import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { incrementalOf, modelOf, queryOf, relationOf, seedOf } from "../../../test/literal-resources.ts";
import type { SchemaChangePolicy } from "../../domain/incremental.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { execute, type Script } from "../../domain/script.ts";
import { trustedSql } from "../../domain/sql.ts";
import { driveScript } from "../../runner/drive-script.ts";
import { type Session, StatementError, type Warehouse } from "../../runner/warehouse.ts";
import { openDuckdb } from "../../runner/warehouse/duckdb/open-duckdb.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { planModel } from "../plan/model-step.ts";
import { runState } from "../plan/run-state.ts";
import { seed } from "./seed.ts";

const ledger = { database: "memory", schema: "_tsdbt", identifier: "" };
const sql = { dialect: duckdb, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 0 };

let warehouse: Warehouse;
let session: Session;

beforeEach(async () => {
  warehouse = await openDuckdb({ path: "", name: "memory", access: "memory" });
  session = await warehouse.session();
  await drive(execute(...duckdbLedger.create(ledger)));
});
afterEach(() => {
  session.close();
  warehouse.close();
});

async function drive<T>(script: Script<T>): Promise<T> {
  const own = await warehouse.session();
  try {
    return await driveScript(script, own);
  } finally {
    own.close();
  }
}

async function run(...statements: readonly string[]): Promise<void> {
  await drive(execute(...statements.map(trustedSql)));
}

async function rows(query: string): Promise<readonly (readonly unknown[])[]> {
  return (await session.rows(trustedSql(query))).rows.map((row) => Object.values(row));
}

async function kindOf(table: string): Promise<string | undefined> {
  const relation = relationOf(table);
  const shown = await warehouse.inspect([relation]);
  return shown.find((each) => each.relation.identifier === table)?.kind;
}

/** Plans a model from what stands in the warehouse, and runs its script in a session of its own. */
async function build(model: CompiledModel, mode: "as planned" | "full refresh" = "as planned"): Promise<Outcome> {
  const relations = await warehouse.inspect([model.relation]);
  const isKnown = (await knownTables()).some(([identifier]) => identifier === model.relation.identifier);
  const planned = planModel(model, {
    state: runState({ relations, knownTables: isKnown ? [model] : [], departures: [] }),
    sql,
    fullRefresh: mode === "full refresh",
    batches: { eventTimes: {}, nowMs: 0, earlier: new Map() },
    neededFunctions: () => [],
    recordOf: ({ uniqueId, relation }) => ({ uniqueId, relation, sources: [], followsMovesOf: [] }),
  });
  if (planned.work === undefined) throw new Error("nothing was planned");
  return await drive(planned.work.script());
}

const knownTables = (): Promise<readonly (readonly unknown[])[]> => rows("select identifier from _tsdbt.tables");

/** A model `m` of ids and names, in both run modes. */
function named(
  materialization: CompiledModel["materialization"],
  { full, incremental }: { readonly full: string; readonly incremental?: string },
): CompiledModel {
  const query = (values: string): string => `select * from (values ${values}) as v (id, name) -- all`;
  return modelOf("m", {
    materialization,
    dialect: "bigquery",
    full: queryOf(query(full)),
    incremental: incremental === undefined ? undefined : queryOf(query(incremental)),
  });
}

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
