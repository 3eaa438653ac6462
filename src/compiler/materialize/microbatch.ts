import type { Batch } from "../../domain/batch.ts";
import type { Column } from "../../domain/column.ts";
import type { Hooks } from "../../domain/hooks.ts";
import type { Around, CompiledModel, CompiledQuery, RunMode } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { columnsOf, type Script } from "../../domain/script.ts";
import { addRows, type IncrementalModel, rebuild } from "./incremental.ts";
import type { Standing } from "./table.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A batch of a model, and its place among those of the run. */
export interface ModelBatch {
  readonly incremental: IncrementalModel;
  readonly batch: Batch;
  /** The first batch makes the table where there is none; all others are added to it. */
  readonly mode: RunMode;
  readonly place: { readonly isFirst: boolean; readonly isLast: boolean };
  /** What stood there before the run. */
  readonly standing: Standing;
  readonly columns: readonly Column[] | undefined;
  readonly functionsOf: (query: CompiledQuery) => readonly string[];
}

/** What runs before a model does so before its first batch, and what runs after it after its last. */
function around(model: CompiledModel, { isFirst, isLast }: ModelBatch["place"]): CompiledModel["around"] {
  const part = ({ before, after }: Hooks): Hooks => ({ before: isFirst ? before : [], after: isLast ? after : [] });
  const both = ({ hooks, header }: Around): Around => ({ hooks: part(hooks), header });
  return { full: both(model.around.full), incremental: both(model.around.incremental) };
}

/**
 * One batch of a microbatch model: the model is compiled for it, reading the batch's time of its inputs, and its rows come in place
 * of those that the table has of that time. Each batch is a unit by itself.
 */
export function* microbatch(work: ModelBatch, sql: WarehouseSql): Script<Outcome> {
  const { incremental, batch, mode, place, standing, functionsOf } = work;
  const { compileBatch, relation } = incremental.model;
  if (compileBatch === undefined) throw new Error(`"${incremental.model.name}" has no batches`);
  const compiled = yield* compileBatch(batch, mode);
  if (!compiled.ok) return { status: "error", diagnostics: compiled.diagnostics };
  const model = { ...compiled.value, around: around(compiled.value, place) };
  const query = mode === "full" ? model.full : (model.incremental ?? model.full);
  const functions = functionsOf(query);
  if (functions.length > 0) yield { kind: "functions", names: functions };
  // Batches that run side by side must not write one and the same row of the ledger.
  const record = place.isFirst || place.isLast ? incremental.record : undefined;
  const columns = place.isFirst ? work.columns : undefined;
  const outcome =
    mode === "full"
      ? yield* rebuild({ ...incremental, model }, standing, sql)
      : yield* addRows({ ...incremental, model, record, batch }, columns ?? (yield* columnsOf(relation)), sql);
  return outcome.status === "success" ? { ...outcome, compiled: query.text } : outcome;
}
