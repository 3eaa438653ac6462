import { type Batch, batchId, type BatchSize, batchTimeText } from "../../../domain/batch.ts";
import type { DialectName } from "../../../domain/settings.ts";
import { unknownValue } from "./unknown-value.ts";
import { timeValue } from "../modules/time-values.ts";
import { utc } from "../modules/time-zone.ts";
import { dict } from "../values/dict.ts";
import type { Value } from "../values/value.ts";

/** A batch as the template of its model knows it. */
export interface ModelBatch extends Batch {
  readonly size: BatchSize;
}

function datetime(ms: number): Value {
  return timeValue({ type: "datetime", micros: BigInt(ms) * 1000n, zone: utc });
}

function batchValue({ startMs, endMs, size }: ModelBatch): Value {
  return dict([
    ["id", batchId({ startMs, endMs }, size)],
    ["event_time_start", datetime(startMs)],
    ["event_time_end", datetime(endMs)],
  ]);
}

/** `model` with its `batch`, if it is evaluated for one. While a template is parsed nobody knows of what batch it will be. */
export function withBatch(
  model: Value,
  { batch, phase }: { readonly batch?: ModelBatch | undefined; readonly phase: "parse" | "compile" },
): Value {
  const value = batch === undefined ? (phase === "parse" ? unknownValue : undefined) : batchValue(batch);
  if (value === undefined || typeof model !== "object" || model?.kind !== "dict") return model;
  const others = [...model.entries.values()].map((entry) => [entry.key, entry.value] as const);
  return dict([...others, ["batch", value]]);
}

/** That a row happened in the batch, in SQL of the author's dialect. BigQuery compares instants with instants alone. */
export function inBatch(eventTime: string, { startMs, endMs }: Batch, dialect: DialectName): string {
  const field = dialect === "bigquery" ? `cast(${eventTime} as timestamp)` : eventTime;
  return `${field} >= '${batchTimeText(startMs)}' and ${field} < '${batchTimeText(endMs)}'`;
}
