import { applyLines } from "../emit/call.ts";
import { refuse } from "../refusal.ts";
import { type FunctionEntry, type FunctionTable, specialAggregate, windowFunction } from "./function-table.ts";

/** A percentile passes over NULLs in both dialects; only GoogleSQL lets the author say so. */
function percentile(...lines: readonly string[]): FunctionEntry {
  const entry = windowFunction([], ...lines);
  return specialAggregate(
    (call, context) => {
      if (call.over === undefined) refuse("argument-count", `${call.name} needs OVER (…).`, call.namePlace);
      return applyLines({ ...call, nulls: undefined }, entry, context);
    },
    ["ignore nulls", "over"],
  );
}

/** NaN is the least number to GoogleSQL and the greatest to DuckDB, so a percentile over it fails rather than be another. */
function overNumbers(name: string): string {
  const failure = "CAST(gsql_fail('A percentile over NaN') AS DOUBLE)";
  return `(FLOAT64, FLOAT64) -> FLOAT64: CASE WHEN isnan(max!($1)) THEN ${failure} ELSE ${name}!($1, $2) END`;
}

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
  PERCENTILE_CONT: percentile(
    overNumbers("quantile_cont"),
    "(NUMERIC, NUMERIC) -> NUMERIC: unsupported",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: unsupported",
  ),
  PERCENTILE_DISC: percentile(overNumbers("quantile_disc"), "(T, FLOAT64) -> T: quantile_disc!($1, $2)"),
  PERCENT_RANK: windowFunction([], "() -> FLOAT64!: percent_rank!()"),
  RANK: windowFunction([], "() -> INT64!: rank!()"),
  ROW_NUMBER: windowFunction([], "() -> INT64!: row_number!()"),
};
