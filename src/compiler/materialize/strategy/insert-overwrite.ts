import type { IncrementalStrategy } from "../../../domain/incremental.ts";
import { rowsOf, type Script } from "../../../domain/script.ts";
import type { Sql } from "../../../domain/sql.ts";
import { readPartitions } from "../../dialect/partition-ranges.ts";
import type { IncomingRows } from "./incoming-rows.ts";

/**
 * The rows take the place of all that the table has in the partitions that the author names, or else in those that they lie in:
 * these are asked for first, so that BigQuery gets literals to prune by. Without rows there is nothing to replace.
 */
export function* insertOverwrite(
  { model, staged, columns, sql }: IncomingRows,
  { partitioning, listed }: Extract<IncrementalStrategy, { kind: "insert_overwrite" }>,
): Script<readonly Sql[]> {
  const { partitions } = sql.dialect;
  if (partitions === undefined) throw new Error(`the warehouse of "${model.name}" divides no tables`);
  if (listed.length > 0) {
    const where = partitions.listed(listed, partitioning);
    return partitions.overwrite(model.relation, staged, { columns, where });
  }
  const found = readPartitions(yield* rowsOf(partitions.of(staged, partitioning)), partitioning);
  if (found.ranges.length === 0 && !found.hasNull) return [];
  const where = partitions.within(found, partitioning);
  return partitions.overwrite(model.relation, staged, { columns, where });
}
