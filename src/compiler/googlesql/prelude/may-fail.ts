import { prelude } from "./prelude.ts";

/** DuckDB's functions that give an answer whatever texts, numbers and times they are called with. */
const harmless = new Set(
  `coalesce nullif ifnull lower upper trim ltrim rtrim replace reverse length strlen octet_length substr substring left
  right concat starts_with prefix suffix contains strpos instr strftime dayofweek dayofyear year month day isnan isinf
  isfinite struct_pack row list_value len list_sort list_reverse array_to_string epoch_us md5 sha256 hex encode and or not
  in when then else case end`.split(/\s+/u),
);

const macros = new Map<string, boolean>();

/** Whether SQL may fail while it is evaluated. Only what is known to be harmless is taken not to. */
export function mayFail(sql: string): boolean {
  const bare = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/gu, "x");
  if (/[-+*/%~^[]/u.test(bare)) return true;
  for (const [, name = ""] of bare.matchAll(/(\w+)\s*\(/gu))
    if (name.startsWith("gsql_") ? macroMayFail(name) : !harmless.has(name.toLowerCase())) return true;
  return false;
}

function macroMayFail(name: string): boolean {
  const known = macros.get(name);
  if (known !== undefined) return known;
  const entry = prelude.get(name);
  const answer = entry?.kind !== "macro" || mayFail(entry.body);
  macros.set(name, answer);
  return answer;
}
