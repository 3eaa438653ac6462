import { duckdb } from "../compiler/dialect/duckdb.ts";
import { duckdbLedger } from "../compiler/dialect/duckdb-ledger.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { Settings } from "../domain/settings.ts";

/** The statements of the project's warehouse, and the place of its ledger. */
export function warehouseSql({ target, ledgerSchema }: Settings, runId: string): WarehouseSql {
  return {
    dialect: duckdb,
    ledgerDialect: duckdbLedger,
    ledger: { database: target.database, schema: ledgerSchema, identifier: "" },
    runId,
  };
}
