import type { Column } from "../../domain/column.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import type { CompiledModel, Materialization } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { relationName, type RelationKind } from "../../domain/relation.ts";
import { columnsOf, execute, type Row, rowsOf, type Script, type TemporaryTable } from "../../domain/script.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import { describeChange, type SchemaChange, schemaChange } from "./schema-change.ts";
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

function refused(...diagnostics: readonly Diagnostic[]): Outcome {
  return { status: "error", diagnostics };
}

function placeOf({ file }: CompiledModel): Span {
  return { file, start: 0, end: 0 };
}

const refreshHint = "Run with --full-refresh to build the table with the model's columns.";

/** Why rows with other columns than the table's are not put into it, if they are not. */
function refusedChange(
  model: CompiledModel,
  change: SchemaChange,
  onSchemaChange: IncrementalModel["materialization"]["onSchemaChange"],
): Diagnostic | undefined {
  const difference = describeChange(change);
  if (difference === undefined || (onSchemaChange === "ignore" && change.common.length > 0)) return undefined;
  const message = `The columns of "${model.name}" are not those of ${relationName(model.relation)}: ${difference}.`;
  return error("schema-change", message, { span: placeOf(model), hint: refreshHint });
}

function ignoredChange(model: CompiledModel, change: SchemaChange): readonly Diagnostic[] {
  const difference = describeChange(change);
  if (difference === undefined) return [];
  const message = `The table of "${model.name}" keeps its columns: ${difference}.`;
  return [warning("schema-change", message, { span: placeOf(model), hint: refreshHint })];
}

/** The columns of a key that not both the query and the table have. */
function unknownKeys(model: CompiledModel, uniqueKey: readonly string[], change: SchemaChange): readonly Diagnostic[] {
  const known = new Set(change.common.map((name) => name.toLowerCase()));
  return uniqueKey
    .filter((column) => !known.has(column.toLowerCase()))
    .map((column) => {
      const isAdded = change.added.some(({ name }) => name.toLowerCase() === column.toLowerCase());
      const where = isAdded ? `the table ${relationName(model.relation)}` : `the query of "${model.name}"`;
      const list = column.split(",").map((part) => `"${part.trim()}"`);
      const near =
        list.length > 1 ? `Write a list of columns: [${list.join(", ")}].` : didYouMean(column, change.common);
      const message = `The unique_key "${column}" is not a column of ${where}.`;
      return error("unknown-key", message, { span: placeOf(model), hint: isAdded ? refreshHint : near });
    });
}

function repeatedKey(model: CompiledModel, rows: readonly Row[]): Diagnostic {
  const list = rows.map(({ key }) => `(${typeof key === "string" ? key : JSON.stringify(key)})`).join(", ");
  return error("repeated-key", `The query of "${model.name}" has several rows for one unique_key: ${list}.`, {
    span: placeOf(model),
    hint: "Make the rows unique, for example with qualify row_number() over (partition by …) = 1.",
  });
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
  const changed = refusedChange(model, change, onSchemaChange);
  if (changed !== undefined) return refused(changed);
  const tableTypes = change.retyped.map(({ name, from }) => ({ name, type: from }));
  if (tableTypes.length > 0) yield* execute(...dialect.retypeTemporary(staged, tableTypes));
  const keyed = strategy === "merge" && uniqueKey.length > 0;
  if (keyed) {
    const unknown = unknownKeys(model, uniqueKey, change);
    if (unknown.length > 0) return refused(...unknown);
    const repeated = yield* rowsOf(dialect.repeatedKeys(model.relation, staged, uniqueKey));
    if (repeated.length > 0) return refused(repeatedKey(model, repeated));
  }
  const rowCount = yield* execute(
    ...ledgerDialect.recordMerged(ledger, record, runId),
    ...(keyed
      ? dialect.merge(model.relation, staged, { uniqueKey, columns: change.common })
      : dialect.append(model.relation, staged, change.common)),
  );
  return { status: "success", message: "OK", rowCount, warnings: ignoredChange(model, change) };
}
