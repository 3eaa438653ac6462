import { afterEach, beforeEach } from "vitest";
import { duckdbLedger } from "../src/compiler/dialect/duckdb-ledger.ts";
import { duckdb } from "../src/compiler/dialect/duckdb.ts";
import type { WarehouseSql } from "../src/compiler/materialize/warehouse-sql.ts";
import { planModel } from "../src/compiler/plan/model-step.ts";
import { runState } from "../src/compiler/plan/run-state.ts";
import type { CompiledModel } from "../src/domain/model.ts";
import type { Outcome } from "../src/domain/plan.ts";
import { execute, type Script } from "../src/domain/script.ts";
import { trustedSql } from "../src/domain/sql.ts";
import { driveScript } from "../src/runner/drive-script.ts";
import type { Session, Warehouse } from "../src/runner/warehouse.ts";
import { openDuckdb } from "../src/runner/warehouse/duckdb/open-duckdb.ts";
import { modelOf, queryOf, relationOf } from "./literal-resources.ts";

const ledger = { database: "memory", schema: "_tsdbt", identifier: "" };
/** The statements of DuckDB, for a run at no time. */
export const sql: WarehouseSql = { dialect: duckdb, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 0 };

let warehouse: Warehouse;
let session: Session;

/** Has each test of a file begin with an empty warehouse, and its ledger. */
export function useEmptyWarehouse(): void {
  beforeEach(async () => {
    warehouse = await openDuckdb({ path: "", name: "memory", access: "memory" });
    session = await warehouse.session();
    await drive(execute(...duckdbLedger.create(ledger)));
  });
  afterEach(() => {
    session.close();
    warehouse.close();
  });
}

/** Drives a script in a session of its own. */
export async function drive<T>(script: Script<T>): Promise<T> {
  const own = await warehouse.session();
  try {
    return await driveScript(script, own);
  } finally {
    own.close();
  }
}

/** Executes statements. */
export async function run(...statements: readonly string[]): Promise<void> {
  await drive(execute(...statements.map(trustedSql)));
}

/** The rows of a query, cells in order. */
export async function rows(query: string): Promise<readonly (readonly unknown[])[]> {
  return (await session.rows(trustedSql(query))).rows.map((row) => Object.values(row));
}

/** What stands under a name. */
export async function kindOf(table: string): Promise<string | undefined> {
  const relation = relationOf(table);
  const shown = await warehouse.inspect([relation]);
  return shown.find((each) => each.relation.identifier === table)?.kind;
}

/** Plans a model from what stands in the warehouse, and runs its script in a session of its own. */
export async function build(
  model: CompiledModel,
  mode: "as planned" | "full refresh" = "as planned",
): Promise<Outcome> {
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

/** The tables that the ledger knows. */
export const knownTables = (): Promise<readonly (readonly unknown[])[]> => rows("select identifier from _tsdbt.tables");

/** A model `m` of ids and names, in both run modes. */
export function named(
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
