import {
  type Batch,
  batchCeiling,
  batchesBetween,
  batchName,
  batchStart,
  type EventTimeRange,
  shiftedBatch,
} from "../../domain/batch.ts";
import type { Microbatch } from "../../domain/incremental.ts";
import type { CompiledModel, CompiledQuery, RunMode } from "../../domain/model.ts";
import type { BatchedWork } from "../../domain/plan.ts";
import type { IncrementalModel } from "../materialize/incremental.ts";
import { microbatch, type ModelBatch } from "../materialize/microbatch.ts";
import type { WarehouseSql } from "../materialize/warehouse-sql.ts";

/** What an earlier run made of a model's batches, and what it failed to make. */
export interface EarlierBatches {
  readonly successful: readonly Batch[];
  readonly failed: readonly Batch[];
}

/** What the batches of a run are reckoned from. */
export interface BatchRequest {
  /** `--event-time-start` and `--event-time-end`. */
  readonly eventTimes: EventTimeRange;
  /** The time up to which batches go, where nothing else is asked for, in epoch milliseconds. */
  readonly nowMs: number;
  /** By unique id: the batches of the run that is made again. */
  readonly earlier: ReadonlyMap<string, EarlierBatches>;
}

/** The batches of an earlier run that are carried through, if any of its batches succeeded. */
export function carriedBatches({ uniqueId }: CompiledModel, { earlier }: BatchRequest): readonly Batch[] {
  return earlier.get(uniqueId)?.successful ?? [];
}

/** The batches that a run makes (DBT_SEMANTICS §11): what failed before; else those from where it has to begin up to now. */
function dueBatches(
  model: CompiledModel,
  { strategy, mode }: { readonly strategy: Microbatch; readonly mode: RunMode },
  request: BatchRequest,
): readonly Batch[] {
  const { size, lookback, beginMs } = strategy;
  const { eventTimes, nowMs, earlier } = request;
  if (carriedBatches(model, request).length > 0) return earlier.get(model.uniqueId)?.failed ?? [];
  const endMs = batchCeiling(eventTimes.endMs ?? nowMs, size);
  const first = eventTimes.startMs ?? (mode === "full" ? beginMs : shiftedBatch(endMs, -(lookback + 1), size));
  return batchesBetween({ startMs: batchStart(first, size), endMs }, size);
}

/** What a microbatch model's batches are planned with. */
export interface BatchPlanning extends Pick<ModelBatch, "mode" | "standing" | "columns"> {
  readonly strategy: Microbatch;
  readonly request: BatchRequest;
  readonly sql: WarehouseSql;
  readonly functionsOf: (query: CompiledQuery) => readonly string[];
}

function mentionsItself({ file }: CompiledModel): boolean {
  return /\bthis\b/u.test(file.text);
}

/** The batches of a microbatch model as units of work. */
export function planBatches(incremental: IncrementalModel, planning: BatchPlanning): BatchedWork {
  const { model } = incremental;
  const { strategy, mode, standing, columns, request, sql, functionsOf } = planning;
  const batches = dueBatches(model, planning, request);
  const isConcurrent = strategy.isConcurrent ?? !mentionsItself(model);
  return {
    list: batches.map((batch, index) => {
      const place = { isFirst: index === 0, isLast: index === batches.length - 1 };
      const own = { incremental, batch, mode: place.isFirst ? mode : "incremental", place, standing, columns } as const;
      return {
        batch,
        name: batchName(batch, strategy.size),
        script: () => microbatch({ ...own, functionsOf }, sql),
      };
    }),
    runs: isConcurrent ? "side by side" : "one by one",
    carried: carriedBatches(model, request),
  };
}

/** What is to be done, in words: `3 batches of a day, 2024-01-01 to 2024-01-03`. */
export function describeBatches({ list }: BatchedWork, { size }: Microbatch): string {
  const [first, last] = [list[0]?.name ?? "", list.at(-1)?.name ?? ""];
  const article = size === "hour" ? "an" : "a";
  return list.length === 1 ? `the batch ${first}` : `${list.length} batches of ${article} ${size}, ${first} to ${last}`;
}
