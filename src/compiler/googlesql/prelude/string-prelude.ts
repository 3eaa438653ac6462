import { macro, native, type PreludeTable } from "./prelude-entry.ts";
import { editDistance, initCap, instr, soundex, translateCharacters } from "./text.ts";

const wordBreaks = ' \t\n\r\f\v[](){}/|<>!?@"^#$&~_,.:;*%+-';

/** What STRING functions need beyond DuckDB's own. Letters beyond ASCII are left to TypeScript, which knows Unicode in full. */
export const stringPrelude: PreludeTable = {
  gsql_ascii: macro(
    "x",
    "CASE WHEN x = '' THEN 0 WHEN ascii(x) < 128 THEN CAST(ascii(x) AS BIGINT) WHEN x IS NOT NULL THEN gsql_fail('Not ASCII: ' || x) END",
  ),
  gsql_chr: macro("n", "chr(CAST(n AS INTEGER))"),
  gsql_text_of_code_points: native(["BIGINT[]"], "VARCHAR", (points) =>
    points.some((point) => point === null) ? null : points.map((point) => String.fromCodePoint(Number(point))).join(""),
  ),
  gsql_code_points: native(["VARCHAR"], "BIGINT[]", (text) =>
    Array.from(text, (character) => BigInt(character.codePointAt(0) ?? 0)),
  ),
  gsql_concat: macro(
    "parts",
    "CASE WHEN len(list_filter(parts, lambda e: e IS NULL)) = 0 THEN array_to_string(parts, '') END",
  ),
  gsql_casefold: native(["VARCHAR"], "VARCHAR", (text) => text.normalize("NFKC").toLowerCase().normalize("NFKC")),
  gsql_casefold_nfc: native(["VARCHAR"], "VARCHAR", (text) =>
    text.normalize("NFC").toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC"),
  ),
  gsql_edit_distance: native(["VARCHAR", "VARCHAR", "BIGINT"], "BIGINT", editDistance),
  gsql_initcap: native(["VARCHAR"], "VARCHAR", (text) => initCap(text, wordBreaks)),
  gsql_initcap_at: native(["VARCHAR", "VARCHAR"], "VARCHAR", initCap),
  gsql_instr: native(["VARCHAR", "VARCHAR", "BIGINT", "BIGINT"], "BIGINT", (text, part, position, occurrence) =>
    instr(text, part, { position: Number(position), occurrence: Number(occurrence) }),
  ),
  gsql_left: macro(
    "x, n",
    "CASE WHEN n < 0 THEN gsql_fail_text('LEFT of a negative length: ' || x) ELSE left(x, gsql_at_most(n, length(x))) END",
  ),
  gsql_right: macro(
    "x, n",
    "CASE WHEN n < 0 THEN gsql_fail_text('RIGHT of a negative length: ' || x) ELSE right(x, gsql_at_most(n, length(x))) END",
  ),
  gsql_lower: macro("x", "CASE WHEN strlen(x) = length(x) THEN lower(x) ELSE gsql_unicode_lower(x) END"),
  gsql_upper: macro("x", "CASE WHEN strlen(x) = length(x) THEN upper(x) ELSE gsql_unicode_upper(x) END"),
  gsql_unicode_lower: native(["VARCHAR"], "VARCHAR", (text) => text.toLowerCase()),
  gsql_unicode_upper: native(["VARCHAR"], "VARCHAR", (text) => text.toUpperCase()),
  gsql_lpad: macro(
    "x, n, p",
    "CASE WHEN n < 0 OR p = '' THEN gsql_fail_text('LPAD to ' || n || ' with the pattern ' || p || ' of ' || x) ELSE lpad(x, CAST(n AS INTEGER), p) END",
  ),
  gsql_rpad: macro(
    "x, n, p",
    "CASE WHEN n < 0 OR p = '' THEN gsql_fail_text('RPAD to ' || n || ' with the pattern ' || p || ' of ' || x) ELSE rpad(x, CAST(n AS INTEGER), p) END",
  ),
  gsql_ltrim: macro("x", String.raw`regexp_replace(x, '^[\s\x{0b}\x{85}\p{Z}]+', '')`),
  gsql_rtrim: macro("x", String.raw`regexp_replace(x, '[\s\x{0b}\x{85}\p{Z}]+$', '')`),
  gsql_trim: macro("x", "gsql_ltrim(gsql_rtrim(x))"),
  gsql_ltrim_of: macro("x, c", "ltrim(x, c)"),
  gsql_rtrim_of: macro("x, c", "rtrim(x, c)"),
  gsql_trim_of: macro("x, c", "trim(x, c)"),
  gsql_repeat: macro(
    "x, n",
    "CASE WHEN n < 0 THEN gsql_fail_text('REPEAT of a negative count: ' || x) ELSE repeat(x, n) END",
  ),
  gsql_reverse: macro("x", "CASE WHEN strlen(x) = length(x) THEN reverse(x) ELSE gsql_unicode_reverse(x) END"),
  gsql_unicode_reverse: native(["VARCHAR"], "VARCHAR", (text) => Array.from(text).reverse().join("")),
  gsql_soundex: native(["VARCHAR"], "VARCHAR", soundex),
  gsql_split: macro(
    "x, d",
    "CASE WHEN d = '' AND x <> '' THEN regexp_extract_all(x, '(?s).') WHEN d IS NOT NULL THEN string_split(x, d) END",
  ),
  gsql_substr_start: macro("x, p", "CASE WHEN p = 0 OR p < -length(x) THEN 1 ELSE gsql_at_most(p, length(x) + 1) END"),
  gsql_substr: macro("x, p", "substr(x, gsql_substr_start(x, p))"),
  gsql_substr_of: macro(
    "x, p, n",
    "CASE WHEN n < 0 THEN gsql_fail_text('SUBSTR of a negative length: ' || x || p) ELSE substr(x, gsql_substr_start(x, p), gsql_at_most(n, length(x))) END",
  ),
  gsql_normalize: native(["VARCHAR", "VARCHAR"], "VARCHAR", (text, form) => text.normalize(form)),
  gsql_string_literal: native(["VARCHAR"], "VARCHAR", (text) => {
    const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
    const escaped = text
      .replaceAll("\\", "\\\\")
      .replaceAll("\n", "\\n")
      .replaceAll("\r", "\\r")
      .replaceAll("\t", "\\t");
    return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
  }),
  gsql_translate: native(["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", translateCharacters),
};
