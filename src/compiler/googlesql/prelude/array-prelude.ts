import { macro, macroOnce, type PreludeTable } from "./prelude-entry.ts";

const outOfBounds = "gsql_fail('Array index ' || i || ' is out of bounds of ' || len(l) || ' elements')";

/** A range of numbers. */
function range(none: string, series: string): string {
  return `CASE WHEN r.a IS NOT NULL AND r.b IS NOT NULL AND r.s IS NOT NULL THEN CASE WHEN r.s = 0 THEN [${none}] ELSE ${series} END END`;
}

function fractions(next: string): string {
  const size = "greatest(CAST(floor((r.b - r.a) / r.s) AS BIGINT) + 1, 0)";
  const numbers = `list_transform(generate_series(0, ${size}), lambda n: ${next})`;
  return `list_filter(${numbers}, lambda x: CASE WHEN r.s > 0 THEN x <= r.b ELSE x >= r.b END)`;
}

const noStep = "gsql_fail('A range with the step 0')";
const hasNull = (list: string, element = "e"): string => `len(list_filter(${list}, lambda e: ${element} IS NULL)) > 0`;

/** Arrays: positions from 0 that fail outside the array, NULL as the array of nothing, and ranges. */
export const arrayPrelude: PreludeTable = {
  gsql_offset: macro("l, i", `CASE WHEN i < 0 OR i >= len(l) THEN l[1 + ${outOfBounds}] ELSE l[i + 1] END`),
  gsql_ordinal: macro("l, i", `CASE WHEN i < 1 OR i > len(l) THEN l[1 + ${outOfBounds}] ELSE l[i] END`),
  gsql_safe_offset: macro("l, i", "CASE WHEN i >= 0 THEN l[i + 1] END"),
  gsql_safe_ordinal: macro("l, i", "CASE WHEN i >= 1 THEN l[i] END"),
  gsql_array_concat: macro("a, b", "CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN list_concat(a, b) END"),
  gsql_array_slice: macro(
    "l, f, t",
    "CASE WHEN f IS NOT NULL AND t IS NOT NULL THEN list_slice(l, CASE WHEN f < 0 THEN greatest(len(l) + f, 0) + 1 ELSE least(f, len(l)) + 1 END, CASE WHEN t < 0 THEN greatest(len(l) + t + 1, 0) ELSE least(t, len(l)) + 1 END) END",
  ),
  gsql_array_to_string: macro(
    "l, d",
    "CASE WHEN d IS NOT NULL AND l IS NOT NULL THEN coalesce(array_to_string(list_filter(l, lambda e: e IS NOT NULL), d), '') END",
  ),
  gsql_array_to_string_by: macro("l, d", "gsql_join_texts(list_filter(l, lambda e: e IS NOT NULL), d)"),
  gsql_join_texts: macroOnce(
    "l, d",
    "CASE WHEN r.d IS NULL THEN NULL WHEN len(r.l) = 0 THEN '' ELSE list_reduce(r.l, lambda x, y: x || r.d || y) END",
  ),
  gsql_fill_nulls: macroOnce(
    "l, n",
    "CASE WHEN r.n IS NOT NULL THEN list_transform(r.l, lambda e: coalesce(e, r.n)) END",
  ),
  gsql_generate_array: macroOnce("a, b, s", range(noStep, "generate_series(r.a, r.b, r.s)")),
  gsql_generate_floats: macroOnce("a, b, s", range(`CAST(${noStep} AS DOUBLE)`, fractions("r.a + n * r.s"))),
  gsql_generate_numerics: macroOnce(
    "a, b, s",
    range(`CAST(${noStep} AS DECIMAL(38,9))`, fractions("CAST(r.a + CAST(n AS DECIMAL(19,0)) * r.s AS DECIMAL(38,9))")),
  ),
  gsql_any: macro(
    "l",
    `CASE WHEN len(list_filter(l, lambda e: e)) > 0 THEN TRUE WHEN ${hasNull("l")} OR l IS NULL THEN NULL ELSE FALSE END`,
  ),
  gsql_in_array: macro(
    "x, l",
    `CASE WHEN l IS NULL OR len(l) = 0 THEN FALSE WHEN x IS NULL THEN NULL WHEN list_contains(l, x) THEN TRUE WHEN ${hasNull("l")} THEN NULL ELSE FALSE END`,
  ),
  gsql_in_floats: macro(
    "x, l",
    `CASE WHEN isnan(x) AND len(l) > 0 THEN CASE WHEN ${hasNull("l")} THEN NULL ELSE FALSE END ELSE gsql_in_array(x, l) END`,
  ),
  gsql_top_count: macro(
    "h, nulls, n",
    'list_transform(list_slice(list_sort(list_concat(list_transform(map_entries(h), lambda e: struct_pack(c := -CAST(e.value AS BIGINT), v := e.key)), CASE WHEN nulls > 0 THEN [struct_pack(c := -nulls, v := NULL)] ELSE [] END)), 1, n), lambda t: struct_pack("value" := t.v, "count" := -t.c))',
  ),
  gsql_top_sum: macro(
    "l, n",
    `list_slice(list_sort(list_transform(list_concat(list_distinct(list_transform(l, lambda e: e.v)), CASE WHEN ${hasNull("l", "e.v")} THEN [NULL] ELSE [] END), lambda k: struct_pack(s := -list_sum(list_transform(list_filter(l, lambda e: e.v IS NOT DISTINCT FROM k), lambda e: e.w)), v := k))), 1, n)`,
  ),
};
