import { parseVars } from "../app/parse-vars.ts";
import { type Batch, type BatchSize, shiftedBatch } from "../domain/batch.ts";
import { parseTime } from "./parse-range.ts";
import { UsageError } from "./usage-error.ts";

const grains: readonly BatchSize[] = ["hour", "day", "month", "year"];

/** An instant so many hours, days, months or years before another one. */
function before(ms: number, count: number, grain: BatchSize): number {
  const start = shiftedBatch(ms, 0, grain);
  return shiftedBatch(ms, -count, grain) + (ms - start);
}

function refuse(text: string): never {
  throw new UsageError(
    "usage",
    `"${text}" is no window for --sample.`,
    'Write "3 days", or {start: 2024-01-01, end: 2024-02-01}.',
  );
}

/** The stretch of event time that `--sample` means; one that is relative ends now (epoch microseconds). */
export function parseSample(text: string, now: number): Batch {
  const [, count, word = ""] = /^\s*(\d+)\s+([a-z]+?)s?\s*$/iu.exec(text) ?? [];
  const grain = grains.find((each) => each === word.toLowerCase());
  const endMs = Math.floor(now / 1000);
  if (count !== undefined && grain !== undefined) return { startMs: before(endMs, Number(count), grain), endMs };
  const given = text.trim().startsWith("{") ? parseVars(text) : undefined;
  if (given?.ok !== true) return refuse(text);
  const { start, end } = given.value;
  if (typeof start !== "string" || typeof end !== "string") return refuse(text);
  const [startMs, lastMs] = [start, end].map((each) => Math.floor(parseTime(each, "--sample") / 1000));
  if (startMs === undefined || lastMs === undefined || startMs >= lastMs) return refuse(text);
  return { startMs, endMs: lastMs };
}
