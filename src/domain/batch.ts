/** How much time one batch of a microbatch model covers; by the calendar, in UTC. */
export type BatchSize = "hour" | "day" | "month" | "year";

/** One stretch of event time, `[startMs, endMs)` in epoch milliseconds: what a microbatch model builds at once. */
export interface Batch {
  readonly startMs: number;
  readonly endMs: number;
}

/** A stretch of event time of which either end may be open, as `--event-time-start` and `--event-time-end` give it. */
export interface EventTimeRange {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

/** The beginning of the batch that an instant lies in. */
export function batchStart(ms: number, size: BatchSize): number {
  return shiftedBatch(ms, 0, size);
}

/** The beginning of the batch that lies so many batches after (before, where negative) the one that an instant lies in. */
export function shiftedBatch(ms: number, count: number, size: BatchSize): number {
  const at = new Date(ms);
  const [year, month, day, hour] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours()];
  switch (size) {
    case "hour":
      return Date.UTC(year, month, day, hour + count);
    case "day":
      return Date.UTC(year, month, day + count);
    case "month":
      return Date.UTC(year, month + count);
    case "year":
      return Date.UTC(year + count, 0);
  }
}

/** The first boundary of batches that is not before an instant. */
export function batchCeiling(ms: number, size: BatchSize): number {
  const start = batchStart(ms, size);
  return start === ms ? ms : shiftedBatch(ms, 1, size);
}

/** The batches from a boundary to another one, at least one of them; the last one ends where the stretch ends, as in dbt. */
export function batchesBetween({ startMs, endMs }: Batch, size: BatchSize): readonly Batch[] {
  const batches: Batch[] = [];
  let from = startMs;
  do {
    const to = shiftedBatch(from, 1, size);
    batches.push({ startMs: from, endMs: to < endMs ? to : endMs });
    from = to;
  } while (from < endMs);
  return batches;
}

const nameLengths: Readonly<Record<BatchSize, number>> = { hour: 13, day: 10, month: 7, year: 4 };

/** What a batch is called in lines and in the names of files: `2024-09-17T16`, `2024-09-17`, `2024-09`, `2024`. */
export function batchName({ startMs }: Batch, size: BatchSize): string {
  return new Date(startMs).toISOString().slice(0, nameLengths[size]);
}

/** `model.batch.id`: the name without what stands between its parts. */
export function batchId(batch: Batch, size: BatchSize): string {
  return batchName(batch, size).replaceAll("-", "");
}

/** `2024-09-17 16:00:00+00:00`: an end of a batch as SQL compares it with dates, timestamps and datetimes. */
export function batchTimeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}+00:00`;
}

/** `2024-09-17T16:00:00+00:00`: an end of a batch in the record of a run. */
export function batchTimeIso(ms: number): string {
  return batchTimeText(ms).replace(" ", "T");
}
