import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { Rejected } from "../domain/ledger.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import { numberField, textField } from "./row-fields.ts";
import type { IngestedSource } from "./ingest-sources.ts";

/** What ingest turned away of these sources; nothing, where there is no ledger yet. */
export async function readRejected(
  sources: readonly IngestedSource[],
  warehouse: Warehouse,
  { ledger, ledgerDialect }: WarehouseSql,
): Promise<readonly Rejected[]> {
  if ((await warehouse.inspect([ledger])).length === 0) return [];
  const session = await warehouse.session();
  try {
    const rejected: Rejected[] = [];
    for (const { settings } of sources) {
      const { rows } = await session.rows(ledgerDialect.rejected(ledger, settings.source));
      for (const row of rows) {
        const record = row["record"];
        rejected.push({
          source: textField(row, "source"),
          window: textField(row, "window"),
          file: textField(row, "file"),
          byteOffset: numberField(row, "byte_offset"),
          kind: row["kind"] === "file" ? "file" : "record",
          reason: textField(row, "reason"),
          record: typeof record === "string" ? record : undefined,
        });
      }
    }
    return rejected;
  } finally {
    session.close();
  }
}
