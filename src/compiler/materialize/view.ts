import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import { execute, type Script } from "../../domain/script.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A view is put in place of whatever stood there. */
export function* view(
  model: CompiledModel,
  existing: RelationKind | undefined,
  { dialect, ledgerDialect, ledger }: WarehouseSql,
): Script<Outcome> {
  yield* execute(
    ...dialect.replaceView(model.relation, existing, model.full.statement),
    ...ledgerDialect.forget(ledger, model.uniqueId),
  );
  return { status: "success", message: "OK", rowCount: undefined, warnings: [] };
}
