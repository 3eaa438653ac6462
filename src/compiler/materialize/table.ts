import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import type { Script } from "../../domain/script.ts";
import type { Sql } from "../../domain/sql.ts";
import { before, finish } from "./around.ts";
import { breachOf } from "./hold-contract.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** What a table is built over, and what the ledger is to do with it in the same unit. */
export interface TableBuild {
  readonly existing: RelationKind | undefined;
  /** Whether a table of another layout stands there. */
  readonly isRelaid: boolean;
  readonly recorded: readonly Sql[];
}

/** A table is built whole and put in place of whatever stood there; with a contract, once its columns are those that it promises. */
export function* buildTable(
  model: CompiledModel,
  { existing, isRelaid, recorded }: TableBuild,
  sql: WarehouseSql,
): Script<Outcome> {
  const { dialect } = sql;
  const { relation, contract, comments, layout } = model;
  const { hooks, header } = model.around.full;
  const query = model.full.statement;
  yield* before(hooks, header);
  const breaches = contract === undefined ? [] : yield* breachOf(model, { contract, query }, sql);
  if (breaches.length > 0) return { status: "error", diagnostics: breaches };
  const put =
    contract === undefined
      ? dialect.replaceTable(relation, existing, { query, layout, isRelaid })
      : dialect.replaceContracted(relation, existing, { contract, query, layout, isRelaid });
  const unit = dialect.unit({ defined: put, rows: [], recorded });
  const rowCount = yield* finish(hooks, unit, { relation, kind: "table", comments, dialect });
  return { status: "success", message: "OK", rowCount, warnings: [] };
}

/** What stands where a table or view is to be, as far as that matters to it. */
export interface Standing {
  readonly kind: RelationKind | undefined;
  readonly isRelaid: boolean;
  /** Whether the ledger knows it as an incremental table. */
  readonly isKnown: boolean;
}

/** A table is no incremental one: the ledger forgets it if it was. */
export function* table(
  model: CompiledModel,
  { kind, isRelaid, isKnown }: Standing,
  sql: WarehouseSql,
): Script<Outcome> {
  const { ledgerDialect, ledger } = sql;
  const recorded = isKnown ? ledgerDialect.forget(ledger, model) : [];
  return yield* buildTable(model, { existing: kind, isRelaid, recorded }, sql);
}
