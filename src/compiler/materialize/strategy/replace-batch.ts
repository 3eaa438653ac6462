import type { Microbatch } from "../../../domain/incremental.ts";
import type { Sql } from "../../../domain/sql.ts";
import type { IncomingRows } from "./incoming-rows.ts";

/** Rows of the batch's time are deleted, and those of the query inserted, so that a batch without rows becomes empty. */
export function replaceBatch(rows: IncomingRows, { eventTime }: Microbatch): readonly Sql[] {
  const { model, materialization, staged, columns, batch, sql } = rows;
  if (batch === undefined) throw new Error(`"${model.name}" is built by batches, and this is none`);
  const { predicates } = materialization;
  return sql.dialect.replaceBatch(model.relation, staged, { eventTime, batch, predicates, columns });
}
