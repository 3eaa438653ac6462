import { bigquery } from "../compiler/dialect/bigquery.ts";
import { bigqueryLedger } from "../compiler/dialect/bigquery-ledger.ts";
import { bigqueryLock } from "../compiler/dialect/bigquery-lock.ts";
import { duckdb } from "../compiler/dialect/duckdb.ts";
import { duckdbLedger } from "../compiler/dialect/duckdb-ledger.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { Invocation } from "./invocation.ts";
import type { Settings } from "../domain/settings.ts";

/** The statements of the project's warehouse, and the place of its ledger. */
export function warehouseSql(
  { target, ledgerSchema }: Settings,
  { id, now }: Pick<Invocation, "id" | "now">,
): WarehouseSql {
  const ledger = { database: target.database, schema: ledgerSchema, identifier: "" };
  switch (target.type) {
    case "duckdb":
      return { dialect: duckdb, ledgerDialect: duckdbLedger, ledger, runId: id, now };
    case "bigquery": {
      const dialect = bigquery({ scratch: ledger, location: target.location });
      const ledgerDialect = bigqueryLedger(dialect);
      return { dialect, ledgerDialect, lock: bigqueryLock(dialect), ledger, runId: id, now };
    }
  }
}
