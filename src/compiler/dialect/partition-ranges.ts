import { batchStart, shiftedBatch } from "../../domain/batch.ts";
import type { Partitioning } from "../../domain/layout.ts";
import type { Row } from "../../domain/script.ts";

/** Neighbouring partitions as one stretch of the values that they are divided by: whole numbers, or epoch milliseconds. */
export interface PartitionRange {
  readonly start: number;
  readonly end: number;
}

/** The partitions that rows lie in. */
export interface PartitionSet {
  readonly ranges: readonly PartitionRange[];
  /** Whether some lie in the one of rows without a value. */
  readonly hasNull: boolean;
}

function partitionOf(value: number, partitioning: Exclude<Partitioning, { kind: "ingestion" }>): PartitionRange {
  if (partitioning.kind === "range") return { start: value, end: value + partitioning.interval };
  const { granularity } = partitioning;
  return { start: batchStart(value, granularity), end: shiftedBatch(value, 1, granularity) };
}

/**
 * The partitions that a question has found: one row each, whose `partition` is the number that it begins with, or seconds since
 * 1970, or null.
 */
export function readPartitions(
  rows: readonly Row[],
  partitioning: Exclude<Partitioning, { kind: "ingestion" }>,
): PartitionSet {
  const values = rows.flatMap(({ partition }) => (partition === null ? [] : [Number(partition)]));
  const scale = partitioning.kind === "time" ? 1000 : 1;
  const parts = values.map((value) => partitionOf(value * scale, partitioning)).sort((a, b) => a.start - b.start);
  const ranges: PartitionRange[] = [];
  for (const part of parts) {
    const last = ranges.at(-1);
    if (last !== undefined && part.start <= last.end) ranges[ranges.length - 1] = { start: last.start, end: part.end };
    else ranges.push(part);
  }
  return { ranges, hasNull: values.length < rows.length };
}
