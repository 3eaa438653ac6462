import { macro, type PreludeTable } from "./prelude-entry.ts";

const outOfBounds = "gsql_fail('Array index ' || i || ' is out of bounds')";

/** Arrays: positions from 0 that fail outside the array, NULL as the array of nothing, and ranges. */
export const arrayPrelude: PreludeTable = {
  gsql_offset: macro("l, i", `CASE WHEN i < 0 OR i >= len(l) THEN l[1 + ${outOfBounds}] ELSE l[i + 1] END`),
  gsql_ordinal: macro("l, i", `CASE WHEN i < 1 OR i > len(l) THEN l[1 + ${outOfBounds}] ELSE l[i] END`),
  gsql_safe_offset: macro("l, i", "CASE WHEN i >= 0 THEN l[i + 1] END"),
  gsql_safe_ordinal: macro("l, i", "CASE WHEN i >= 1 THEN l[i] END"),
  gsql_array_concat: macro("a, b", "CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN list_concat(a, b) END"),
  gsql_array_slice: macro(
    "l, f, t",
    "list_slice(l, CASE WHEN f < 0 THEN greatest(len(l) + f, 0) + 1 ELSE f + 1 END, CASE WHEN t < 0 THEN len(l) + t + 1 ELSE t + 1 END)",
  ),
  gsql_array_to_string: macro(
    "l, d",
    "CASE WHEN d IS NOT NULL AND l IS NOT NULL THEN coalesce(array_to_string(list_filter(l, lambda e: e IS NOT NULL), d), '') END",
  ),
  gsql_array_to_string_with: macro(
    "l, d, n",
    "CASE WHEN d IS NOT NULL AND l IS NOT NULL AND n IS NOT NULL THEN coalesce(array_to_string(list_transform(l, lambda e: coalesce(e, n)), d), '') END",
  ),
  gsql_generate_array: macro(
    "a, b, s",
    "CASE WHEN s = 0 THEN [gsql_fail('A range with the step 0')] WHEN a IS NOT NULL AND b IS NOT NULL AND s IS NOT NULL THEN generate_series(a, b, s) END",
  ),
  gsql_generate_floats: macro(
    "a, b, s",
    "CASE WHEN s = 0 THEN [CAST(gsql_fail('A range with the step 0') AS DOUBLE)] WHEN a IS NOT NULL AND b IS NOT NULL AND s IS NOT NULL THEN list_filter(list_transform(generate_series(0, greatest(CAST(floor((b - a) / s) AS BIGINT) + 1, 0)), lambda n: a + n * s), lambda x: CASE WHEN s > 0 THEN x <= b ELSE x >= b END) END",
  ),
  gsql_generate_numerics: macro(
    "a, b, s",
    "CASE WHEN s = 0 THEN [CAST(gsql_fail('A range with the step 0') AS DECIMAL(38,9))] WHEN a IS NOT NULL AND b IS NOT NULL AND s IS NOT NULL THEN list_filter(list_transform(generate_series(0, greatest(CAST(floor((b - a) / s) AS BIGINT) + 1, 0)), lambda n: CAST(a + CAST(n AS DECIMAL(19,0)) * s AS DECIMAL(38,9))), lambda x: CASE WHEN s > 0 THEN x <= b ELSE x >= b END) END",
  ),
  gsql_in_array: macro(
    "x, l",
    "CASE WHEN l IS NULL OR len(l) = 0 THEN FALSE WHEN x IS NULL THEN NULL WHEN list_contains(l, x) THEN TRUE WHEN len(list_filter(l, lambda e: e IS NULL)) > 0 THEN NULL ELSE FALSE END",
  ),
  gsql_in_floats: macro(
    "x, l",
    "CASE WHEN isnan(x) AND len(l) > 0 THEN CASE WHEN len(list_filter(l, lambda e: e IS NULL)) > 0 THEN NULL ELSE FALSE END ELSE gsql_in_array(x, l) END",
  ),
  gsql_top_count: macro(
    "l, n",
    'list_transform(list_slice(list_sort(list_transform(list_distinct(l), lambda e: struct_pack(c := -len(list_filter(l, lambda z: z = e)), v := e))), 1, n), lambda t: struct_pack("value" := t.v, "count" := CAST(-t.c AS BIGINT)))',
  ),
  gsql_top_sum: macro(
    "l, n",
    "list_slice(list_sort(list_transform(list_distinct(list_transform(l, lambda e: e.v)), lambda k: struct_pack(s := -list_sum(list_transform(list_filter(l, lambda e: e.v = k), lambda e: e.w)), v := k))), 1, n)",
  ),
};
