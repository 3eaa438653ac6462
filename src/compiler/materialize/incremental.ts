import type { Column } from "../../domain/column.ts";
import { error, warning } from "../../domain/diagnostic.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import type { CompiledModel, Materialization } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { relationName, type RelationKind } from "../../domain/relation.ts";
import { columnsOf, execute, rowsOf, type Script, type TemporaryTable } from "../../domain/script.ts";
import { describeChange, schemaChange } from "./schema-change.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** An incremental model with what the ledger is to remember of it. */
export interface IncrementalModel {
  readonly model: CompiledModel;
  readonly materialization: Extract<Materialization, { readonly kind: "incremental" }>;
  readonly record: RecordedTable;
}

/** Builds the table anew from all rows and has the ledger remember it. */
export function* rebuild(
  { model, record }: IncrementalModel,
  existing: RelationKind | undefined,
  { dialect, ledgerDialect, ledger, runId }: WarehouseSql,
): Script<Outcome> {
  const rowCount = yield* execute(
    ...ledgerDialect.recordRebuilt(ledger, record, runId),
    ...dialect.replaceTable(model.relation, existing, model.full.statement),
  );
  return { status: "success", message: "OK", rowCount, warnings: [] };
}

function repeatedKey(model: CompiledModel, keys: readonly string[]): Outcome {
  const list = keys.map((key) => `(${key})`).join(", ");
  return {
    status: "error",
    diagnostics: [
      error("repeated-key", `The query of "${model.name}" has several rows for one unique_key: ${list}.`, {
        span: { file: model.file, start: 0, end: 0 },
        hint: "Make the rows unique, for example with qualify row_number() over (partition by …) = 1.",
      }),
    ],
  };
}

/**
 * Adds the rows of the incremental query to the table: rows with a known key are updated, others inserted; without a key
 * all are inserted. The table changes in one unit, together with what the ledger remembers.
 */
export function* merge(
  { model, materialization, record }: IncrementalModel,
  columns: readonly Column[],
  { dialect, ledgerDialect, ledger, runId }: WarehouseSql,
): Script<Outcome> {
  const { uniqueKey, strategy, onSchemaChange } = materialization;
  const staged: TemporaryTable = { temporary: `${model.relation.identifier}__dbt_tmp` };
  yield* execute(...dialect.createTemporary(staged, (model.incremental ?? model.full).statement));
  const change = schemaChange(columns, yield* columnsOf(staged));
  const difference = describeChange(change);
  const span = { file: model.file, start: 0, end: 0 };
  const hint = "Run with --full-refresh to build the table with the model's columns.";
  if (difference !== undefined && onSchemaChange === "fail") {
    const message = `The columns of "${model.name}" are not those of ${relationName(model.relation)}: ${difference}.`;
    return { status: "error", diagnostics: [error("schema-change", message, { span, hint })] };
  }
  const keyed = strategy === "merge" && uniqueKey.length > 0;
  if (keyed) {
    const repeated = yield* rowsOf(dialect.repeatedKeys(model.relation, staged, uniqueKey));
    if (repeated.length > 0)
      return repeatedKey(
        model,
        repeated.map(({ key }) => (typeof key === "string" ? key : "null")),
      );
  }
  const rowCount = yield* execute(
    ...ledgerDialect.recordMerged(ledger, record, runId),
    ...(keyed
      ? dialect.merge(model.relation, staged, { uniqueKey, columns: change.common })
      : dialect.append(model.relation, staged, change.common)),
  );
  const ignored =
    difference === undefined
      ? []
      : [warning("schema-change", `The table of "${model.name}" keeps its columns: ${difference}.`, { span, hint })];
  return { status: "success", message: "OK", rowCount, warnings: ignored };
}
