import { macro, type PreludeTable } from "./prelude-entry.ts";

/**
 * Failing on purpose: DuckDB's `error()` cannot stand inside TRY, but a conversion can, so the message is converted to a
 * number, which it is not. Where another type is wanted, the failed number is converted on.
 */
export const corePrelude: PreludeTable = {
  gsql_fail: macro("message", "CAST(message AS BIGINT)"),
  gsql_fail_text: macro("message", "CAST(CAST(message AS BIGINT) AS VARCHAR)"),
  gsql_at_most: macro("x, most", "CASE WHEN x <= most THEN x WHEN x IS NOT NULL THEN most END"),
  gsql_limit_text: macro(
    "x, n",
    "CASE WHEN length(x) > n THEN gsql_fail_text('The text is longer than ' || n || ' characters: ' || x) ELSE x END",
  ),
  gsql_limit_bytes: macro(
    "x, n",
    "CASE WHEN octet_length(x) > n THEN encode(gsql_fail_text('The bytes are more than ' || n)) ELSE x END",
  ),
};
