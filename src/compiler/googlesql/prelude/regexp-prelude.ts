import { macro, type PreludeTable } from "./prelude-entry.ts";

/** Regular expressions with positions and occurrences. */
export const regexpPrelude: PreludeTable = {
  gsql_regexp_extract: macro(
    "x, p, g, f, n",
    "CASE WHEN f < 1 OR n < 1 THEN gsql_fail_text('A position or an occurrence below 1: ' || x || p || f || n) ELSE regexp_extract_all(substr(x, f), p, g)[n] END",
  ),
  gsql_regexp_extract_all: macro("x, p, g", "list_transform(regexp_extract_all(x, p, g), lambda e: coalesce(e, ''))"),
  gsql_regexp_instr: macro(
    "x, p, gap, f, n, after",
    "CASE WHEN f < 1 OR n < 1 THEN gsql_fail('A position or an occurrence below 1: ' || x || p || f || n) WHEN f > length(x) + 1 OR len(regexp_extract_all(substr(x, f), p)) < n THEN 0 ELSE CAST(list_sum(list_transform(regexp_extract_all(substr(x, f), gap)[1:n], lambda e: length(e))) AS BIGINT) + f - CASE WHEN after = 1 THEN 0 ELSE length(regexp_extract_all(substr(x, f), p)[n]) END END",
  ),
};
