import { applyLines } from "../emit/call.ts";
import { refuse } from "../refusal.ts";
import { type FunctionEntry, type FunctionTable, scalarFunction, specialFunction } from "./function-table.ts";

/** A function of FLOAT64 whose NUMERIC form gives a NUMERIC, which DuckDB cannot compute. */
function floatFunction(template: string): FunctionEntry {
  return scalarFunction(
    `(FLOAT64) -> FLOAT64: ${template}`,
    "(NUMERIC) -> NUMERIC: unsupported",
    "(BIGNUMERIC) -> BIGNUMERIC: unsupported",
  );
}

/** A function of FLOAT64 alone. */
function plainFloat(template: string): FunctionEntry {
  return scalarFunction(`(FLOAT64) -> FLOAT64: ${template}`);
}

function rounding(name: "ceil" | "floor"): FunctionEntry {
  return scalarFunction(
    `(FLOAT64) -> FLOAT64: ${name}($1)`,
    `(NUMERIC) -> NUMERIC: CAST(${name}($1) AS DECIMAL(38,9))`,
    `(BIGNUMERIC) -> BIGNUMERIC: CAST(${name}($1) AS DECIMAL(38,9))`,
  );
}

const power = scalarFunction(
  "(FLOAT64, FLOAT64) -> FLOAT64: gsql_power($1, $2)",
  "(NUMERIC, NUMERIC) -> NUMERIC: unsupported",
  "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: unsupported",
);

const roundLines = scalarFunction(
  "(FLOAT64) -> FLOAT64: round($1)",
  "(FLOAT64, INT64) -> FLOAT64: gsql_round($1, $2)",
  "(NUMERIC) -> NUMERIC: CAST(round($1, 0) AS DECIMAL(38,9))",
  "(NUMERIC, INT64) -> NUMERIC: gsql_numeric_round($1, $2)",
  "(NUMERIC, INT64, STRING) -> NUMERIC: gsql_numeric_round_as($1, $2, $3)",
  "(BIGNUMERIC) -> BIGNUMERIC: CAST(round($1, 0) AS DECIMAL(38,9))",
  "(BIGNUMERIC, INT64) -> BIGNUMERIC: gsql_numeric_round($1, $2)",
  "(BIGNUMERIC, INT64, STRING) -> BIGNUMERIC: gsql_numeric_round_as($1, $2, $3)",
);

const roundingModes = ["ROUND_HALF_AWAY_FROM_ZERO", "ROUND_HALF_EVEN"];

/** ROUND, whose third argument is the name of a mode and no value. */
const round = specialFunction((call, context) => {
  const mode = call.arguments[2]?.value;
  if (mode !== undefined && !(mode.kind === "literal" && roundingModes.includes(mode.text)))
    refuse("argument-type", "The mode of ROUND is 'ROUND_HALF_AWAY_FROM_ZERO' or 'ROUND_HALF_EVEN'.", mode);
  return applyLines(call, roundLines, context);
});

/** Mathematical functions and functions of bits. */
export const numericFunctions: FunctionTable = {
  ABS: scalarFunction(
    "(INT64) -> INT64: abs($1)",
    "(FLOAT64) -> FLOAT64: abs($1)",
    "(NUMERIC) -> NUMERIC: abs($1)",
    "(BIGNUMERIC) -> BIGNUMERIC: abs($1)",
  ),
  ACOS: plainFloat("acos($1)"),
  ACOSH: plainFloat("gsql_acosh($1)"),
  ASIN: plainFloat("asin($1)"),
  ASINH: plainFloat("asinh($1)"),
  ATAN: plainFloat("atan($1)"),
  ATAN2: scalarFunction("(FLOAT64, FLOAT64) -> FLOAT64: atan2($1, $2)"),
  ATANH: plainFloat("gsql_atanh($1)"),
  BIT_COUNT: scalarFunction(
    "(INT64) -> INT64: CAST(bit_count($1) AS BIGINT)",
    "(BYTES) -> INT64: gsql_bytes_bit_count($1)",
  ),
  CBRT: plainFloat("cbrt($1)"),
  CEIL: rounding("ceil"),
  CEILING: rounding("ceil"),
  COS: plainFloat("cos($1)"),
  COSH: plainFloat("cosh($1)"),
  COT: plainFloat("cot($1)"),
  COTH: plainFloat("gsql_divide(1e0, tanh($1))"),
  CSC: plainFloat("gsql_divide(1e0, sin($1))"),
  CSCH: plainFloat("gsql_divide(1e0, sinh($1))"),
  DIV: scalarFunction(
    "(INT64, INT64) -> INT64: gsql_div($1, $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: gsql_numeric_div($1, $2)",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: gsql_numeric_div($1, $2)",
  ),
  EXP: floatFunction("gsql_exp($1)"),
  FLOOR: rounding("floor"),
  GREATEST: scalarFunction("(T, T…) -> T: gsql_greatest([$1, $2*])"),
  IEEE_DIVIDE: scalarFunction("(FLOAT64, FLOAT64) -> FLOAT64: $1 / $2"),
  IS_INF: scalarFunction("(FLOAT64) -> BOOL: isinf($1)"),
  IS_NAN: scalarFunction("(FLOAT64) -> BOOL: isnan($1)"),
  LEAST: scalarFunction(
    "(FLOAT64, FLOAT64…) -> FLOAT64: gsql_least_float([$1, $2*])",
    "(T, T…) -> T: gsql_least([$1, $2*])",
  ),
  LN: floatFunction("ln($1)"),
  LOG: scalarFunction(
    "(FLOAT64) -> FLOAT64: ln($1)",
    "(FLOAT64, FLOAT64) -> FLOAT64: gsql_log($1, $2)",
    "(NUMERIC, NUMERIC = 1) -> NUMERIC: unsupported",
    "(BIGNUMERIC, BIGNUMERIC = 1) -> BIGNUMERIC: unsupported",
  ),
  LOG10: floatFunction("log10($1)"),
  MOD: scalarFunction(
    "(INT64, INT64) -> INT64: gsql_mod($1, $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: gsql_numeric_mod($1, $2)",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: gsql_numeric_mod($1, $2)",
  ),
  PARSE_BIGNUMERIC: scalarFunction("(STRING) -> BIGNUMERIC: gsql_parse_bignumeric($1)"),
  PARSE_NUMERIC: scalarFunction("(STRING) -> NUMERIC: gsql_parse_numeric($1)"),
  POW: power,
  POWER: power,
  RANGE_BUCKET: scalarFunction("(T, ARRAY<T>) -> INT64: gsql_range_bucket($1, $2)"),
  ROUND: round,
  SAFE_ADD: scalarFunction(
    "(INT64, INT64) -> INT64: TRY($1 + $2)",
    "(FLOAT64, FLOAT64) -> FLOAT64: TRY($1 + $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: TRY($1 + $2)",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: TRY($1 + $2)",
  ),
  SAFE_DIVIDE: scalarFunction(
    "(FLOAT64, FLOAT64) -> FLOAT64: gsql_safe_divide($1, $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: TRY(gsql_numeric_divide($1, $2))",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: unsupported",
  ),
  SAFE_MULTIPLY: scalarFunction(
    "(INT64, INT64) -> INT64: TRY($1 * $2)",
    "(FLOAT64, FLOAT64) -> FLOAT64: TRY($1 * $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: TRY(gsql_numeric_multiply($1, $2))",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: unsupported",
  ),
  SAFE_NEGATE: scalarFunction(
    "(INT64) -> INT64: TRY(-$1)",
    "(FLOAT64) -> FLOAT64: -$1",
    "(NUMERIC) -> NUMERIC: -$1",
    "(BIGNUMERIC) -> BIGNUMERIC: -$1",
  ),
  SAFE_SUBTRACT: scalarFunction(
    "(INT64, INT64) -> INT64: TRY($1 - $2)",
    "(FLOAT64, FLOAT64) -> FLOAT64: TRY($1 - $2)",
    "(NUMERIC, NUMERIC) -> NUMERIC: TRY($1 - $2)",
    "(BIGNUMERIC, BIGNUMERIC) -> BIGNUMERIC: TRY($1 - $2)",
  ),
  SEC: plainFloat("gsql_divide(1e0, cos($1))"),
  SECH: plainFloat("gsql_divide(1e0, cosh($1))"),
  SIGN: scalarFunction(
    "(INT64) -> INT64: CAST(sign($1) AS BIGINT)",
    "(FLOAT64) -> FLOAT64: gsql_sign($1)",
    "(NUMERIC) -> NUMERIC: CAST(sign($1) AS DECIMAL(38,9))",
    "(BIGNUMERIC) -> BIGNUMERIC: CAST(sign($1) AS DECIMAL(38,9))",
  ),
  SIN: plainFloat("sin($1)"),
  SINH: plainFloat("sinh($1)"),
  SQRT: floatFunction("sqrt($1)"),
  TAN: plainFloat("tan($1)"),
  TANH: plainFloat("tanh($1)"),
  TRUNC: scalarFunction(
    "(FLOAT64) -> FLOAT64: trunc($1)",
    "(FLOAT64, INT64) -> FLOAT64: gsql_trunc($1, $2)",
    "(NUMERIC) -> NUMERIC: CAST(trunc($1) AS DECIMAL(38,9))",
    "(NUMERIC, INT64) -> NUMERIC: gsql_numeric_trunc($1, $2)",
    "(BIGNUMERIC) -> BIGNUMERIC: CAST(trunc($1) AS DECIMAL(38,9))",
    "(BIGNUMERIC, INT64) -> BIGNUMERIC: gsql_numeric_trunc($1, $2)",
  ),
};
