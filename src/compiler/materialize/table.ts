import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import { execute, type Script } from "../../domain/script.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A table is built whole and put in place of whatever stood there. */
export function* table(
  model: CompiledModel,
  existing: RelationKind | undefined,
  { dialect, ledgerDialect, ledger }: WarehouseSql,
): Script<Outcome> {
  const rowCount = yield* execute(
    ...ledgerDialect.forget(ledger, model),
    ...dialect.replaceTable(model.relation, existing, model.full.statement),
  );
  return { status: "success", message: "OK", rowCount, warnings: [] };
}
