import type { Code } from "../code.ts";
import type { OutputColumn } from "../scope/scope.ts";
import type { DataType } from "../type/data-type.ts";
import type { ColumnUse } from "../value.ts";

/** A query in DuckDB's SQL. */
export interface QueryResult {
  readonly code: Code;
  readonly columns: readonly OutputColumn[];
  /** The type of the rows where they are values (SELECT AS STRUCT, SELECT AS VALUE); then there is one column. */
  readonly valueType: DataType | undefined;
  /** The columns of queries around this one that it reads. */
  readonly outerUses: readonly ColumnUse[];
  /** Whether the code is a single SELECT without ORDER BY or LIMIT, which may stand in a set operation without brackets. */
  readonly isSimple: boolean;
}
