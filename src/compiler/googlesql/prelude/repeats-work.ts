import { mayFail } from "./may-fail.ts";
import { prelude } from "./prelude.ts";

/**
 * Whether something that may fail stands twice in SQL once its macros are replaced by their bodies. DuckDB computes such a
 * thing ahead of all that it stands in, even of a TRY that should catch its failure.
 */
export function repeatsWork(sql: string): boolean {
  const seen = new Set<string>();
  let repeats = false;
  expand(sql, (piece) => {
    if (piece.length > 2 && seen.has(piece) && mayFail(piece)) repeats = true;
    seen.add(piece);
  });
  return repeats;
}

/** The SQL with its macros replaced; `see` is told each call and each bracket in it. A lambda is computed by itself. */
function expand(sql: string, see: (piece: string) => void): string {
  let text = "";
  let at = 0;
  for (const token of sql.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<name>\w*)\(/gu)) {
    if (token.index < at) continue;
    text += sql.slice(at, token.index);
    const { name } = token.groups ?? {};
    if (name === undefined) {
      text += token[0];
      at = token.index + token[0].length;
      continue;
    }
    const { parts, end } = splitArguments(sql, token.index + token[0].length);
    const entry = prelude.get(name);
    const args = name === "list_transform" ? parts : parts.map((part) => expand(part, see));
    const piece = entry?.kind === "macro" ? `(${expand(fillBody(entry, args), see)})` : `${name}(${args.join(",")})`;
    see(piece);
    text += piece;
    at = end;
  }
  return text + sql.slice(at);
}

function fillBody(entry: { readonly parameters: string; readonly body: string }, args: readonly string[]): string {
  const names = entry.parameters.split(",").map((name) => name.trim());
  return entry.body.replaceAll(/'(?:[^']|'')*'|(?<![\w.])[a-z]\w*(?!\w|\s*(?:\(|:=))/gu, (word) => {
    const index = names.indexOf(word);
    const given = index < 0 ? undefined : args[index]?.trim();
    return given === undefined ? word : /^[\w".]+$/u.test(given) ? given : `(${given})`;
  });
}

/** The arguments from the place behind an opening bracket, and the place behind the closing one. */
function splitArguments(sql: string, from: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  for (const token of sql.slice(from).matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()[\],]/gu)) {
    const place = from + token.index;
    if (/^[([]$/u.test(token[0])) depth++;
    else if (token[0] === ")" && depth === 0) return { parts: [...parts, sql.slice(start, place)], end: place + 1 };
    else if (/^[)\]]$/u.test(token[0])) depth--;
    else if (token[0] === "," && depth === 0) {
      parts.push(sql.slice(start, place));
      start = place + 1;
    }
  }
  return { parts: [...parts, sql.slice(start)], end: sql.length };
}
