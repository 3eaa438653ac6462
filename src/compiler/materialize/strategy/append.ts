import type { Sql } from "../../../domain/sql.ts";
import type { IncomingRows } from "./incoming-rows.ts";

/** All rows are inserted, whatever their keys. */
export function append({ model, staged, columns, sql }: IncomingRows): readonly Sql[] {
  return sql.dialect.append(model.relation, staged, columns);
}
