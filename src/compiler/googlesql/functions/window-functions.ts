import { type FunctionTable, windowFunction } from "./function-table.ts";

/** Functions that are only taken over a window. */
export const windowFunctions: FunctionTable = {
  CUME_DIST: windowFunction([], "() -> FLOAT64!: cume_dist!()"),
  DENSE_RANK: windowFunction([], "() -> INT64!: dense_rank!()"),
  FIRST_VALUE: windowFunction(["ignore nulls", "respect nulls"], "(T) -> T: first_value!($1)"),
  LAG: windowFunction([], "(T, INT64 = 1, T = NULL) -> T: lag!($1, $2, $3)"),
  LAST_VALUE: windowFunction(["ignore nulls", "respect nulls"], "(T) -> T: last_value!($1)"),
  LEAD: windowFunction([], "(T, INT64 = 1, T = NULL) -> T: lead!($1, $2, $3)"),
  NTH_VALUE: windowFunction(["ignore nulls", "respect nulls"], "(T, INT64) -> T: nth_value!($1, $2)"),
  NTILE: windowFunction([], "(INT64) -> INT64!: ntile!($1)"),
  PERCENTILE_CONT: windowFunction(
    ["ignore nulls"],
    "(FLOAT64, FLOAT64) -> FLOAT64: quantile_cont!($1, $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: unsupported",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: unsupported",
  ),
  PERCENTILE_DISC: windowFunction(["ignore nulls"], "(T, FLOAT64) -> T: quantile_disc!($1, $2)"),
  PERCENT_RANK: windowFunction([], "() -> FLOAT64!: percent_rank!()"),
  RANK: windowFunction([], "() -> INT64!: rank!()"),
  ROW_NUMBER: windowFunction([], "() -> INT64!: row_number!()"),
};
