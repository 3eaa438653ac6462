import { macro, macroOnce, native, type PreludeTable } from "./prelude-entry.ts";
import {
  checkedNumeric,
  divideNumeric,
  multiplyNumeric,
  numericText,
  parseNumeric,
  plainNumber,
  roundFloat,
  roundNumeric,
  truncateFloat,
} from "./decimal.ts";
import { floatText, parseFloat64, parseInt64 } from "./number-text.ts";

const zero = "gsql_fail('division by zero: ' || a || ' / ' || b)";

/** Arithmetic as GoogleSQL does it: division by zero fails, NUMERIC is exact, NaN is no number, rounding is decimal. */
export const numericPrelude: PreludeTable = {
  gsql_divide: macro("a, b", `CASE WHEN b = 0 THEN CAST(${zero} AS DOUBLE) ELSE a / b END`),
  gsql_safe_divide: macro("a, b", "CASE WHEN b = 0 OR (isinf(a / b) AND isfinite(a)) THEN NULL ELSE a / b END"),
  gsql_div: macro("a, b", `CASE WHEN b = 0 THEN ${zero} ELSE a // b END`),
  gsql_mod: macro("a, b", `CASE WHEN b = 0 THEN ${zero} WHEN b = -1 THEN a & 0 ELSE a % b END`),
  gsql_numeric_mod: macro("a, b", `CASE WHEN b = 0 THEN CAST(${zero} AS DECIMAL(38,9)) ELSE a % b END`),
  gsql_numeric_div: native(["DECIMAL(38,9)", "DECIMAL(38,9)"], "DECIMAL(38,9)", (a, b) => {
    if (b === 0n) throw new Error("division by zero");
    return checkedNumeric((a / b) * 1_000_000_000n);
  }),
  gsql_parse_numeric: native(["VARCHAR"], "DECIMAL(38,9)", (text) => parseNumeric(plainNumber(text), "NUMERIC")),
  gsql_parse_bignumeric: native(["VARCHAR"], "DECIMAL(38,9)", (text) => parseNumeric(plainNumber(text), "BIGNUMERIC")),
  gsql_numeric_multiply: macro(
    "a, b",
    "CASE WHEN abs(a) < 10000000000 AND abs(b) < 10000000000 THEN CAST(a * b AS DECIMAL(38,9)) ELSE gsql_exact_multiply(a, b) END",
  ),
  gsql_exact_multiply: native(["DECIMAL(38,9)", "DECIMAL(38,9)"], "DECIMAL(38,9)", multiplyNumeric),
  gsql_numeric_divide: native(["DECIMAL(38,9)", "DECIMAL(38,9)"], "DECIMAL(38,9)", divideNumeric),
  gsql_numeric_round: macro("x, n", "gsql_numeric_round_as(x, n, 'ROUND_HALF_AWAY_FROM_ZERO')"),
  gsql_numeric_round_as: native(["DECIMAL(38,9)", "BIGINT", "VARCHAR"], "DECIMAL(38,9)", (value, digits, mode) =>
    roundNumeric(value, Number(digits), mode),
  ),
  gsql_numeric_trunc: native(["DECIMAL(38,9)", "BIGINT"], "DECIMAL(38,9)", (value, digits) =>
    roundNumeric(value, Number(digits), "TOWARDS_ZERO"),
  ),
  gsql_round: macro(
    "x, n",
    "CASE WHEN n BETWEEN 0 AND 9 AND abs(x) * power(10, n) < 1e11 AND abs(abs(x) * power(10, n) % 1 - 0.5) > 1e-3 THEN round(x, CAST(n AS INTEGER)) ELSE gsql_exact_round(x, n) END",
  ),
  gsql_exact_round: native(["DOUBLE", "BIGINT"], "DOUBLE", (value, digits) => roundFloat(value, Number(digits))),
  gsql_trunc: native(["DOUBLE", "BIGINT"], "DOUBLE", (value, digits) => truncateFloat(value, Number(digits))),
  gsql_power: macro(
    "x, y",
    "CASE WHEN isfinite(power(x, y)) OR NOT isfinite(x) OR NOT isfinite(y) THEN power(x, y) WHEN x IS NOT NULL AND y IS NOT NULL THEN CAST(gsql_fail('POW has no finite result') AS DOUBLE) END",
  ),
  gsql_acosh: macro(
    "x",
    "CASE WHEN x < 1 THEN CAST(gsql_fail('ACOSH of a number below 1: ' || x) AS DOUBLE) ELSE acosh(x) END",
  ),
  gsql_atanh: macro(
    "x",
    "CASE WHEN abs(x) = 1 THEN CAST(gsql_fail('ATANH has no finite result: ' || x) AS DOUBLE) ELSE atanh(x) END",
  ),
  gsql_exp: macro(
    "x",
    "CASE WHEN isfinite(exp(x)) OR NOT isfinite(x) THEN exp(x) WHEN x IS NOT NULL THEN CAST(gsql_fail('EXP has no finite result') AS DOUBLE) END",
  ),
  gsql_log: macro(
    "x, b",
    "CASE WHEN x IS NULL OR b IS NULL THEN NULL WHEN isnan(x) OR isnan(b) OR isinf(b) OR x = CAST('-inf' AS DOUBLE) THEN CAST('nan' AS DOUBLE) WHEN b = 1 THEN CAST(gsql_fail('LOG of the base 1') AS DOUBLE) WHEN b = 10 THEN log10(x) WHEN b = 2 THEN log2(x) ELSE ln(x) / ln(b) END",
  ),
  gsql_sign: macro("x", "CASE WHEN isnan(x) THEN x ELSE CAST(sign(x) AS DOUBLE) END"),
  gsql_greatest: macro("l", "CASE WHEN len(list_filter(l, lambda e: e IS NULL)) = 0 THEN list_max(l) END"),
  gsql_least: macro("l", "CASE WHEN len(list_filter(l, lambda e: e IS NULL)) = 0 THEN list_min(l) END"),
  gsql_least_float: macro(
    "l",
    "CASE WHEN len(list_filter(l, lambda e: e IS NULL)) = 0 THEN CASE WHEN isnan(list_max(l)) THEN list_max(l) ELSE list_min(l) END END",
  ),
  gsql_range_bucket: macroOnce(
    "x, l",
    "CASE WHEN r.x IS NOT NULL THEN CASE WHEN len(list_filter(r.l, lambda e: e IS NULL)) > 0 THEN gsql_fail('RANGE_BUCKET with a NULL') WHEN r.l <> list_sort(r.l) THEN gsql_fail('RANGE_BUCKET of an array that does not ascend') ELSE CAST(len(list_filter(r.l, lambda e: e <= r.x)) AS BIGINT) END END",
  ),
  gsql_equal: macro("a, b", "(a = b AND (NOT isnan(a) OR b IS NULL))"),
  gsql_not_equal: macro("a, b", "(a <> b OR (isnan(a) AND b IS NOT NULL))"),
  gsql_less: macro("a, b", "(a < b AND (NOT isnan(b) OR a IS NULL))"),
  gsql_less_equal: macro("a, b", "(a <= b AND (NOT isnan(b) OR a IS NULL))"),
  gsql_shift_left: native(["BIGINT", "BIGINT"], "BIGINT", (value, distance) => shift(value, distance, "left")),
  gsql_shift_right: native(["BIGINT", "BIGINT"], "BIGINT", (value, distance) => shift(value, distance, "right")),
  gsql_int64: macro(
    "x",
    String.raw`CASE WHEN regexp_full_match(x, '[+-]?\d{1,18}') THEN CAST(x AS BIGINT) ELSE gsql_parse_int64(x) END`,
  ),
  gsql_parse_int64: native(["VARCHAR"], "BIGINT", parseInt64),
  gsql_float64: macro(
    "x",
    String.raw`CASE WHEN regexp_full_match(x, '[+-]?\d{1,15}(\.\d{1,15})?') THEN CAST(x AS DOUBLE) ELSE gsql_parse_float64(x) END`,
  ),
  gsql_parse_float64: native(["VARCHAR"], "DOUBLE", parseFloat64),
  gsql_numeric: native(["VARCHAR"], "DECIMAL(38,9)", (text) => parseNumeric(text, "NUMERIC")),
  gsql_bignumeric: native(["VARCHAR"], "DECIMAL(38,9)", (text) => parseNumeric(text, "BIGNUMERIC")),
  gsql_numeric_from_float: macro("x", "gsql_numeric(gsql_float_digits(x))"),
  gsql_float_digits: native(["DOUBLE"], "VARCHAR", (value) => numericText(value)),
  gsql_float_from_numeric: macro(
    "x",
    "CASE WHEN abs(x) < 9007199 THEN CAST(x AS DOUBLE) ELSE CAST(CAST(x AS VARCHAR) AS DOUBLE) END",
  ),
  gsql_numeric_text: macro("x", "rtrim(rtrim(CAST(x AS VARCHAR), '0'), '.')"),
  gsql_float_text: macro(
    "x",
    "CASE WHEN abs(x) < 1e15 AND x = trunc(x) THEN CAST(CAST(x AS BIGINT) AS VARCHAR) WHEN abs(x) BETWEEN 1e-4 AND 1e15 AND strlen(CAST(x AS VARCHAR)) <= 15 THEN CAST(x AS VARCHAR) ELSE gsql_exact_float_text(x) END",
  ),
  gsql_print_float: macroOnce(
    "x",
    String.raw`CASE WHEN r.x = 0 AND signbit(r.x) THEN '-0.0' WHEN regexp_full_match(gsql_float_text(r.x), '-?\d+') THEN gsql_float_text(r.x) || '.0' ELSE gsql_float_text(r.x) END`,
  ),
  gsql_float_literal: macroOnce(
    "x",
    `CASE WHEN isnan(r.x) THEN 'CAST("nan" AS FLOAT64)' WHEN isinf(r.x) THEN 'CAST("' || CASE WHEN r.x > 0 THEN 'inf' ELSE '-inf' END || '" AS FLOAT64)' ELSE gsql_print_float(r.x) END`,
  ),
  gsql_exact_float_text: native(["DOUBLE"], "VARCHAR", floatText),
};

/** Shifts the 64 bits of a number; the sign moves with them, and beyond 63 places nothing is left. */
function shift(value: bigint, distance: bigint, direction: "left" | "right"): bigint {
  if (distance < 0n) throw new Error("A shift by a negative number of bits.");
  if (distance > 63n) return 0n;
  const bits = BigInt.asUintN(64, value);
  return BigInt.asIntN(64, direction === "left" ? bits << distance : bits >> distance);
}
