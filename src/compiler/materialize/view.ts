import { warning } from "../../domain/diagnostic.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { Script } from "../../domain/script.ts";
import { before, finish } from "./around.ts";
import { breachOf } from "./hold-contract.ts";
import type { Standing } from "./table.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A view, with all functions of the prelude that are called when it is read. */
export interface ViewModel {
  readonly model: CompiledModel;
  readonly functions: readonly string[];
}

/** A view is put in place of whatever stood there, with the functions that its readers need. */
export function* view(
  { model, functions }: ViewModel,
  { kind, isKnown }: Standing,
  sql: WarehouseSql,
): Script<Outcome> {
  const { dialect, ledgerDialect, ledger } = sql;
  const { hooks, header } = model.around.full;
  const created = dialect.createFunctions(model.relation, functions);
  yield* before(hooks, header);
  const { relation, comments, contract } = model;
  const query = model.full.statement;
  const breaches = contract === undefined ? [] : yield* breachOf(model, { contract, query }, sql);
  if (breaches.length > 0) return { status: "error", diagnostics: breaches };
  const unit = dialect.unit({
    defined: [...created, ...dialect.replaceView(relation, kind, { query, layout: model.layout })],
    rows: [],
    recorded: isKnown ? ledgerDialect.forget(ledger, model) : [],
  });
  yield* finish(hooks, unit, { relation, kind: "view", comments, dialect });
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
