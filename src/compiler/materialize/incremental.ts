import type { Batch } from "../../domain/batch.ts";
import type { Column } from "../../domain/column.ts";
import { type Checked, type Diagnostic, passed } from "../../domain/diagnostic.ts";
import type { Incremental } from "../../domain/incremental.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import type { CompiledModel } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { begin, columnsOf, type Script } from "../../domain/script.ts";
import type { Sql } from "../../domain/sql.ts";
import { before, finish } from "./around.ts";
import { decideSchemaChange, schemaChange } from "./schema-change.ts";
import { breachOf } from "./hold-contract.ts";
import { append } from "./strategy/append.ts";
import { custom } from "./strategy/custom.ts";
import { deleteInsert } from "./strategy/delete-insert.ts";
import { insertOverwrite } from "./strategy/insert-overwrite.ts";
import type { IncomingRows } from "./strategy/incoming-rows.ts";
import { prunedMerge, repeatedKeys } from "./strategy/merge.ts";
import { replaceBatch } from "./strategy/replace-batch.ts";
import { unknownColumns } from "./unknown-columns.ts";
import { buildTable, type Standing } from "./table.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** An incremental model with what the ledger is to remember of it. */
export interface IncrementalModel {
  readonly model: CompiledModel;
  readonly materialization: Incremental;
  readonly record: RecordedTable;
}

/** What is added to a table: all rows of a model's query, or those of a batch. */
export interface AddedRows extends Omit<IncrementalModel, "record"> {
  /** Without it, the ledger is not to remember anything of this. */
  readonly record: RecordedTable | undefined;
  readonly batch?: Batch | undefined;
}

/** Builds the table anew from all rows and has the ledger remember it. */
export function* rebuild(
  { model, record }: IncrementalModel,
  { kind, isRelaid }: Standing,
  sql: WarehouseSql,
): Script<Outcome> {
  const { ledgerDialect, ledger, runId } = sql;
  const recorded = ledgerDialect.recordRebuilt(ledger, record, runId);
  return yield* buildTable(model, { existing: kind, isRelaid, recorded }, sql);
}

function* strategyStatements(rows: IncomingRows): Script<Checked<readonly Sql[]>> {
  const { strategy } = rows.materialization;
  switch (strategy.kind) {
    case "append":
      return passed(append(rows));
    case "delete+insert":
      return passed(deleteInsert(rows));
    case "merge":
      return passed(yield* prunedMerge(rows, strategy.clauses));
    case "microbatch":
      return passed(replaceBatch(rows, strategy));
    case "insert_overwrite":
      return passed(yield* insertOverwrite(rows, strategy));
    case "custom":
      return yield* custom(rows);
  }
}

function refused(...diagnostics: readonly Diagnostic[]): Outcome {
  return { status: "error", diagnostics };
}

/**
 * Brings the rows of the incremental query into the table by the model's strategy. The table changes in one unit, its columns
 * first, together with what the ledger remembers.
 */
export function* addRows(
  { model, materialization, record, batch }: AddedRows,
  existing: readonly Column[],
  sql: WarehouseSql,
): Script<Outcome> {
  const { dialect, ledgerDialect, ledger, runId } = sql;
  const staged = dialect.temporary(model.relation, "__dbt_tmp");
  const { hooks, header } = model.around.incremental;
  yield* before(hooks, header);
  const query = (model.incremental ?? model.full).statement;
  const { contract } = model;
  const breaches = contract === undefined ? [] : yield* breachOf(model, { contract, query }, sql);
  if (breaches.length > 0) return refused(...breaches);
  yield* begin(...dialect.createTemporary(staged, query));
  const incoming = yield* columnsOf(staged);
  const change = schemaChange(existing, incoming);
  const { refusal, warnings, alter, retypeRows, columns } = decideSchemaChange(model, materialization, change);
  if (refusal !== undefined) return refused(refusal);
  const unknown = unknownColumns(model, materialization, { ...change, common: columns });
  if (unknown.length > 0) return refused(...unknown);
  if (retypeRows.length > 0) yield* begin(...dialect.retypeTemporary(staged, retypeRows));
  const rows: IncomingRows = { model, materialization, staged, columns, incoming, batch, sql };
  const repeated = materialization.strategy.kind === "merge" ? yield* repeatedKeys(rows) : [];
  if (repeated.some(({ severity }) => severity === "error")) return refused(...repeated);
  const { relation, comments } = model;
  const statements = yield* strategyStatements(rows);
  if (!statements.ok) return refused(...statements.diagnostics);
  const unit = dialect.unit({
    recorded: record === undefined ? [] : ledgerDialect.recordMerged(ledger, record, runId),
    defined: dialect.alterColumns(relation, alter),
    rows: statements.value,
  });
  const whole = [...unit, ...dialect.dropTemporary([staged])];
  const rowCount = yield* finish(hooks, whole, { relation, kind: "table", comments, dialect });
  return { status: "success", message: "OK", rowCount, warnings: [...warnings, ...repeated] };
}
