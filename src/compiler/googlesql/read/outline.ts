import type { Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { Token } from "./lex.ts";

/** The tokens of a text and, for each opening bracket, the index of the one that closes it (0 for every other token). */
export interface Outline {
  readonly tokens: readonly Token[];
  readonly closing: Int32Array;
}

const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Finds the brackets that belong together. Refuses a text where they do not. */
export function outlineTokens(tokens: readonly Token[]): Outline {
  const closing = new Int32Array(tokens.length);
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "symbol") return;
    if (token.text in partners) open.push(index);
    else if (token.text === ")" || token.text === "]" || token.text === "}") {
      const start = open.pop();
      const opening = start === undefined ? undefined : tokens[start];
      if (start === undefined || opening === undefined)
        refuse("syntax-error", `There is no bracket that this "${token.text}" closes.`, token);
      if (partners[opening.text] !== token.text)
        refuse("syntax-error", `"${token.text}" closes a "${opening.text}".`, token);
      closing[start] = index;
    }
  });
  const left = tokens[open.at(-1) ?? -1];
  if (left !== undefined) refuse("syntax-error", `This "${left.text}" is never closed.`, left);
  return { tokens, closing };
}

/** A stretch of tokens, `from` inclusive and `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The tokens of a range that stand in no bracket of it, opening brackets included, by index. */
export function* surface(outline: Outline, range: Range): Generator<readonly [number, Token]> {
  for (let index = range.from; index < range.to; index++) {
    const token = outline.tokens[index];
    if (token === undefined) return;
    yield [index, token];
    index = Math.max(index, outline.closing[index] ?? 0);
  }
}

/** The index of the first surface token of a range that is one of these words, if there is one. */
export function findWord(outline: Outline, range: Range, ...words: readonly string[]): number | undefined {
  for (const [index, token] of surface(outline, range)) if (words.includes(token.upper)) return index;
  return undefined;
}

/** The parts of a range between its surface commas; no parts if it is empty, a trailing comma makes no part. */
export function splitAtCommas(outline: Outline, range: Range): readonly Range[] {
  const parts: Range[] = [];
  let from = range.from;
  for (const [index, token] of surface(outline, range)) {
    if (token.kind !== "symbol" || token.text !== ",") continue;
    parts.push({ from, to: index });
    from = index + 1;
  }
  if (from < range.to) parts.push({ from, to: range.to });
  return parts;
}

/** The place of a range in the text. */
export function placeOf(outline: Outline, range: Range): Place {
  const first = outline.tokens[range.from] ?? outline.tokens.at(-1) ?? { start: 0, end: 0 };
  const last = outline.tokens[Math.max(range.to - 1, range.from)] ?? first;
  return { start: first.start, end: last.end };
}
