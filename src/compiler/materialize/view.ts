import { warning } from "../../domain/diagnostic.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import type { Script } from "../../domain/script.ts";
import { before, finish } from "./around.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A view, with all functions of the prelude that are called when it is read. */
export interface ViewModel {
  readonly model: CompiledModel;
  readonly functions: readonly string[];
}

/** A view is put in place of whatever stood there, with the functions that its readers need. */
export function* view(
  { model, functions }: ViewModel,
  existing: RelationKind | undefined,
  { dialect, ledgerDialect, ledger }: WarehouseSql,
): Script<Outcome> {
  const { hooks, header } = model.around.full;
  const created = dialect.createFunctions(model.relation, functions);
  yield* before(hooks, header);
  yield* finish(hooks, [
    ...created,
    ...dialect.replaceView(model.relation, existing, model.full.statement),
    ...ledgerDialect.forget(ledger, model),
  ]);
  const isUnshared = created.length < functions.length;
  const unshared = warning(
    "unshared-view",
    `Only tsdbt can read the view "${model.name}": it calls functions that DuckDB lacks.`,
    {
      span: { file: model.file, start: 0, end: 0 },
      hint: "Make it a table if other programs are to read it.",
    },
  );
  return { status: "success", message: "OK", rowCount: undefined, warnings: isUnshared ? [unshared] : [] };
}
