import type { Place } from "../place.ts";
import { endOfPath } from "../read/find-call.ts";
import type { Token } from "../read/lex.ts";
import { type Outline, placeOf, type Range, splitAtCommas, surface } from "../read/outline.ts";
import { parseTypeAt, type TypeSyntax } from "../read/parse-type.ts";
import type { Source } from "../read/read-text.ts";
import { refuse } from "../refusal.ts";
import type { Name } from "../syntax.ts";

/** Reads the words of a statement around its queries and expressions, which the parser reads. */
export interface Cursor {
  readonly source: Source;
  readonly outline: Outline;
  at: number;
  readonly end: number;
}

/** A cursor at the beginning of a statement. */
export function openCursor(source: Source, range: Range): Cursor {
  return { source, outline: source.outline, at: range.from, end: range.to };
}

/** The token at the cursor. */
export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  const index = cursor.at + ahead;
  return index < cursor.end ? cursor.outline.tokens[index] : undefined;
}

/** Whether these words stand at the cursor, which then moves behind them. */
export function accept(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, index) => peek(cursor, index)?.upper === word)) return false;
  cursor.at += words.length;
  return true;
}

/** Whether a symbol stands at the cursor, which then moves behind it. */
export function acceptSymbol(cursor: Cursor, symbol: string): boolean {
  const token = peek(cursor);
  if (token?.kind !== "symbol" || token.text !== symbol) return false;
  cursor.at++;
  return true;
}

/** The place of the token at the cursor, or of the statement's last one. */
export function here(cursor: Cursor): Place {
  const token = peek(cursor) ?? cursor.outline.tokens[cursor.end - 1];
  return token === undefined ? { start: 0, end: 0 } : { start: token.start, end: token.end };
}

/** Moves over words that must be there. */
export function expect(cursor: Cursor, ...words: readonly string[]): void {
  if (!accept(cursor, ...words)) refuse("syntax-error", `${words.join(" ")} was expected here.`, here(cursor));
}

/** Refuses a statement that goes on where it should end. */
export function expectEnd(cursor: Cursor): void {
  if (cursor.at < cursor.end)
    refuse("syntax-error", `"${peek(cursor)?.text ?? ""}" does not belong here.`, here(cursor));
}

/** Reads a single name. */
export function readName(cursor: Cursor): Name {
  const token = peek(cursor);
  if (token?.kind !== "word" && token?.kind !== "quoted")
    refuse("syntax-error", "A name was expected here.", here(cursor));
  cursor.at++;
  return { text: token.text, start: token.start, end: token.end };
}

/** A name with dots: its parts, and its place. */
export interface Path extends Place {
  readonly parts: readonly string[];
}

/** Reads a name with dots; dots inside backticks divide it too. */
export function readPath(cursor: Cursor): Path {
  const start = cursor.at;
  readName(cursor);
  cursor.at = Math.min(endOfPath(cursor.outline, start), cursor.end);
  const tokens = cursor.outline.tokens.slice(start, cursor.at).filter((token) => token.text !== ".");
  return {
    parts: tokens.flatMap((token) => token.text.split(".")),
    ...placeOf(cursor.outline, { from: start, to: cursor.at }),
  };
}

/** Reads a type. */
export function readType(cursor: Cursor): TypeSyntax {
  const { type, next } = parseTypeAt(cursor.outline.tokens, cursor.at);
  cursor.at = next;
  return type;
}

/** Takes what stands in the round brackets at the cursor, if they are there. */
export function takeBracket(cursor: Cursor): Range | undefined {
  const open = cursor.at;
  if (!acceptSymbol(cursor, "(")) return undefined;
  const close = cursor.outline.closing[open] ?? open;
  cursor.at = close + 1;
  return { from: open + 1, to: close };
}

/** The parts between commas of what stands in the round brackets that must be at the cursor. */
export function takeList(cursor: Cursor): readonly Range[] {
  const inside = takeBracket(cursor);
  if (inside === undefined) refuse("syntax-error", 'A "(" was expected here.', here(cursor));
  return splitAtCommas(cursor.outline, inside);
}

/** Takes everything up to one of these words outside of brackets, or to the end. */
export function takeUntil(cursor: Cursor, ...words: readonly string[]): Range {
  const range = { from: cursor.at, to: cursor.end };
  for (const [index, token] of surface(cursor.outline, range))
    if (words.includes(token.upper)) {
      cursor.at = index;
      return { from: range.from, to: index };
    }
  cursor.at = cursor.end;
  return range;
}

/** Skips `OPTIONS (…)`, which says nothing about rows. */
export function skipOptions(cursor: Cursor): void {
  if (accept(cursor, "OPTIONS")) takeList(cursor);
}
