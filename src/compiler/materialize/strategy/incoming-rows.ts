import type { Batch } from "../../../domain/batch.ts";
import type { Column } from "../../../domain/column.ts";
import type { Incremental } from "../../../domain/incremental.ts";
import type { CompiledModel } from "../../../domain/model.ts";
import type { TemporaryTable } from "../../../domain/script.ts";
import type { WarehouseSql } from "../warehouse-sql.ts";

/** The rows of an incremental query, staged, and the table that they are to come into. */
export interface IncomingRows {
  readonly model: CompiledModel;
  readonly materialization: Incremental;
  readonly staged: TemporaryTable;
  /** The columns that rows and table have, as the table spells them, once it was altered. */
  readonly columns: readonly string[];
  /** All columns of the rows. */
  readonly incoming: readonly Column[];
  /** The batch that they are of, where the model is built by batches. */
  readonly batch: Batch | undefined;
  readonly sql: WarehouseSql;
}
