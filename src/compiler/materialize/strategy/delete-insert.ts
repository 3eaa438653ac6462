import type { Sql } from "../../../domain/sql.ts";
import { append } from "./append.ts";
import type { IncomingRows } from "./incoming-rows.ts";

/** Rows with the same key are deleted, then all are inserted; without a key all are new. */
export function deleteInsert(rows: IncomingRows): readonly Sql[] {
  const { model, materialization, staged, columns, sql } = rows;
  const { uniqueKey, keyExpression, predicates } = materialization;
  if (uniqueKey.length === 0 && keyExpression === undefined) return append(rows);
  return sql.dialect.deleteInsert(model.relation, staged, { uniqueKey, keyExpression, predicates, columns });
}
