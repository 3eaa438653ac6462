import { containsSubstr } from "./contains-substr.ts";
import { type FunctionTable, scalarFunction } from "./function-table.ts";

/** Functions over STRING and their BYTES forms, but for regular expressions, formats and JSON. */
export const stringFunctions: FunctionTable = {
  ASCII: scalarFunction("(STRING) -> INT64: gsql_ascii($1)"),
  BYTE_LENGTH: scalarFunction("(STRING) -> INT64: strlen($1)", "(BYTES) -> INT64: octet_length($1)"),
  CHAR_LENGTH: scalarFunction("(STRING) -> INT64: length($1)"),
  CHARACTER_LENGTH: scalarFunction("(STRING) -> INT64: length($1)"),
  CHR: scalarFunction("(INT64) -> STRING: gsql_chr($1)"),
  CODE_POINTS_TO_STRING: scalarFunction("(ARRAY<INT64>) -> STRING: gsql_text_of_code_points($1)"),
  CODE_POINTS_TO_BYTES: scalarFunction("(ARRAY<INT64>) -> BYTES: gsql_bytes_of_code_points($1)"),
  CONCAT: scalarFunction(
    "(STRING) -> STRING: $1",
    "(STRING, STRING) -> STRING: $1 || $2",
    "(STRING, STRING, STRING) -> STRING: $1 || $2 || $3",
    "(STRING, STRING, STRING, STRING) -> STRING: $1 || $2 || $3 || $4",
    "(STRING, STRING, STRING, STRING, STRING…) -> STRING: gsql_concat([$1, $2, $3, $4, $5*])",
    "(BYTES) -> BYTES: $1",
    "(BYTES, BYTES) -> BYTES: $1 || $2",
    "(BYTES, BYTES, BYTES) -> BYTES: $1 || $2 || $3",
  ),
  CONTAINS_SUBSTR: containsSubstr,
  EDIT_DISTANCE: scalarFunction(
    "(STRING, STRING, only max_distance: INT64 = 9223372036854775807) -> INT64: gsql_edit_distance($1, $2, $3)",
  ),
  ENDS_WITH: scalarFunction(
    "(STRING, STRING) -> BOOL: suffix($1, $2)",
    "(BYTES, BYTES) -> BOOL: suffix(hex($1), hex($2))",
  ),
  INITCAP: scalarFunction(
    "(STRING) -> STRING: gsql_initcap($1)",
    "(STRING, STRING) -> STRING: gsql_initcap_at($1, $2)",
  ),
  INSTR: scalarFunction(
    "(STRING, STRING) -> INT64: strpos($1, $2)",
    "(STRING, STRING, INT64, INT64 = 1) -> INT64: gsql_instr($1, $2, $3, $4)",
  ),
  LEFT: scalarFunction(
    "(STRING, INT64) -> STRING: gsql_left($1, $2)",
    "(BYTES, INT64) -> BYTES: gsql_bytes_left($1, $2)",
  ),
  LENGTH: scalarFunction("(STRING) -> INT64: length($1)", "(BYTES) -> INT64: octet_length($1)"),
  LOWER: scalarFunction("(STRING) -> STRING: gsql_lower($1)", "(BYTES) -> BYTES: gsql_bytes_lower($1)"),
  LPAD: scalarFunction(
    "(STRING, INT64, STRING = ' ') -> STRING: gsql_lpad($1, $2, $3)",
    "(BYTES, INT64, BYTES = ' '::BLOB) -> BYTES: gsql_bytes_lpad($1, $2, $3)",
  ),
  LTRIM: scalarFunction(
    "(STRING) -> STRING: gsql_ltrim($1)",
    "(STRING, STRING) -> STRING: gsql_ltrim_of($1, $2)",
    "(BYTES, BYTES) -> BYTES: gsql_bytes_ltrim($1, $2)",
  ),
  NORMALIZE_AND_CASEFOLD: scalarFunction("(STRING) -> STRING: gsql_casefold_nfc($1)"),
  OCTET_LENGTH: scalarFunction("(STRING) -> INT64: strlen($1)", "(BYTES) -> INT64: octet_length($1)"),
  REPEAT: scalarFunction(
    "(STRING, INT64) -> STRING: gsql_repeat($1, $2)",
    "(BYTES, INT64) -> BYTES: gsql_bytes_repeat($1, $2)",
  ),
  REPLACE: scalarFunction(
    "(STRING, STRING, STRING) -> STRING: replace($1, $2, $3)",
    "(BYTES, BYTES, BYTES) -> BYTES: gsql_bytes_replace($1, $2, $3)",
  ),
  REVERSE: scalarFunction("(STRING) -> STRING: gsql_reverse($1)", "(BYTES) -> BYTES: gsql_bytes_reverse($1)"),
  RIGHT: scalarFunction(
    "(STRING, INT64) -> STRING: gsql_right($1, $2)",
    "(BYTES, INT64) -> BYTES: gsql_bytes_right($1, $2)",
  ),
  RPAD: scalarFunction(
    "(STRING, INT64, STRING = ' ') -> STRING: gsql_rpad($1, $2, $3)",
    "(BYTES, INT64, BYTES = ' '::BLOB) -> BYTES: gsql_bytes_rpad($1, $2, $3)",
  ),
  RTRIM: scalarFunction(
    "(STRING) -> STRING: gsql_rtrim($1)",
    "(STRING, STRING) -> STRING: gsql_rtrim_of($1, $2)",
    "(BYTES, BYTES) -> BYTES: gsql_bytes_rtrim($1, $2)",
  ),
  SAFE_CONVERT_BYTES_TO_STRING: scalarFunction("(BYTES) -> STRING: gsql_bytes_to_text($1)"),
  SOUNDEX: scalarFunction("(STRING) -> STRING: gsql_soundex($1)"),
  SPLIT: scalarFunction("(STRING, STRING = ',') -> ARRAY<STRING>: gsql_split($1, $2)"),
  STARTS_WITH: scalarFunction(
    "(STRING, STRING) -> BOOL: prefix($1, $2)",
    "(BYTES, BYTES) -> BOOL: prefix(hex($1), hex($2))",
  ),
  STRPOS: scalarFunction(
    "(STRING, STRING) -> INT64: strpos($1, $2)",
    "(BYTES, BYTES) -> INT64: gsql_bytes_strpos($1, $2)",
  ),
  SUBSTR: scalarFunction(
    "(STRING, INT64) -> STRING: gsql_substr($1, $2)",
    "(STRING, INT64, INT64) -> STRING: gsql_substr_of($1, $2, $3)",
    "(BYTES, INT64) -> BYTES: gsql_bytes_substr($1, $2)",
    "(BYTES, INT64, INT64) -> BYTES: gsql_bytes_substr_of($1, $2, $3)",
  ),
  SUBSTRING: scalarFunction(
    "(STRING, INT64) -> STRING: gsql_substr($1, $2)",
    "(STRING, INT64, INT64) -> STRING: gsql_substr_of($1, $2, $3)",
    "(BYTES, INT64) -> BYTES: gsql_bytes_substr($1, $2)",
    "(BYTES, INT64, INT64) -> BYTES: gsql_bytes_substr_of($1, $2, $3)",
  ),
  TO_CODE_POINTS: scalarFunction(
    "(STRING) -> ARRAY<INT64>: gsql_code_points($1)",
    "(BYTES) -> ARRAY<INT64>: gsql_byte_values($1)",
  ),
  TRANSLATE: scalarFunction("(STRING, STRING, STRING) -> STRING: gsql_translate($1, $2, $3)"),
  TRIM: scalarFunction(
    "(STRING) -> STRING: gsql_trim($1)",
    "(STRING, STRING) -> STRING: gsql_trim_of($1, $2)",
    "(BYTES, BYTES) -> BYTES: gsql_bytes_trim($1, $2)",
  ),
  UNICODE: scalarFunction("(STRING) -> INT64: CAST(CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END AS BIGINT)"),
  UPPER: scalarFunction("(STRING) -> STRING: gsql_upper($1)", "(BYTES) -> BYTES: gsql_bytes_upper($1)"),
};
