import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import type { Script } from "../../domain/script.ts";
import { before, finish } from "./around.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A table is built whole and put in place of whatever stood there. */
export function* table(
  model: CompiledModel,
  existing: RelationKind | undefined,
  { dialect, ledgerDialect, ledger }: WarehouseSql,
): Script<Outcome> {
  const { hooks, header } = model.around.full;
  yield* before(hooks, header);
  const rowCount = yield* finish(hooks, [
    ...ledgerDialect.forget(ledger, model),
    ...dialect.replaceTable(model.relation, existing, model.full.statement),
  ]);
  return { status: "success", message: "OK", rowCount, warnings: [] };
}
