import { duckdb } from "../compiler/dialect/duckdb.ts";
import { duckdbLedger } from "../compiler/dialect/duckdb-ledger.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { Invocation } from "./invocation.ts";
import type { Settings } from "../domain/settings.ts";
import { WorldError } from "../domain/world-error.ts";

/** The statements of the project's warehouse, and the place of its ledger. Throws a `WorldError` where there are none yet. */
export function warehouseSql(
  { target, ledgerSchema }: Settings,
  { id, now }: Pick<Invocation, "id" | "now">,
): WarehouseSql {
  if (target.type === "bigquery")
    throw new WorldError("unsupported-target", "tsdbt does not build on BigQuery yet.", {
      hint: "With such a target it parses, compiles, lists, shows and debugs.",
    });
  return {
    dialect: duckdb,
    ledgerDialect: duckdbLedger,
    ledger: { database: target.database, schema: ledgerSchema, identifier: "" },
    runId: id,
    now,
  };
}
