import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Place } from "../place.ts";
import type { Parse } from "../parser.ts";
import type { Name } from "../syntax.ts";
import { type Canonical, writeCanonical } from "./canonical.ts";
import type { Form } from "./form.ts";
import { silentWords } from "./keywords.ts";
import type { Token } from "./lex.ts";
import { type Node, nodeKind, openFields, takeText } from "./node.ts";
import { type Outline, placeOf, type Range } from "./outline.ts";

/** The reading of one tree: which placeholders came back, and which keywords the tree accounted for. */
export interface Reading {
  readonly canonical: Canonical;
  readonly parse: Parse;
  readonly returned: Set<number>;
  readonly claimed: Map<string, number>;
  readonly whole: Place;
}

/** Parses a range of tokens, has the tree read by `read`, and makes sure that nothing of the text was lost on the way. */
export function readRange<T>(
  source: { readonly outline: Outline; readonly parse: Parse },
  range: Range,
  how: { readonly prefix: string; readonly read: (reading: Reading, tree: unknown) => T },
): T {
  const canonical = writeCanonical(source.outline, range, how.prefix);
  const whole = placeOf(source.outline, range);
  const parsed = source.parse(canonical.text);
  if (!parsed.ok) refuseSyntax(canonical, parsed, whole);
  if (parsed.nodes.length !== 1) refuse("syntax-error", "A single query was expected.", whole);
  const reading: Reading = { canonical, parse: source.parse, returned: new Set(), claimed: new Map(), whole };
  const result = how.read(reading, parsed.nodes[0]);
  checkNothingIsLost(reading);
  return result;
}

const readable: Readonly<Record<string, string>> = {
  RParen: '")"',
  LParen: '"("',
  Comma: '","',
  RBracket: '"]"',
  As: "AS",
  By: "BY",
  Then: "THEN",
  End: "END",
  From: "FROM",
};

function refuseSyntax(
  canonical: Canonical,
  failure: { readonly at: number | undefined; readonly message: string },
  whole: Place,
): never {
  if (/DEPTH|too deep|stack/iu.test(failure.message))
    refuse("query-too-deep", "The query is nested too deeply.", whole, "Move inner queries into WITH.");
  const { starts, outline } = canonical;
  const start = failure.at === undefined ? undefined : starts.findLast(({ at }) => at <= (failure.at ?? 0));
  const token = start === undefined ? undefined : outline.tokens[start.token];
  const wanted = readable[/Expected (?<wanted>\w+)/u.exec(failure.message)?.groups?.["wanted"] ?? ""];
  const shown = token === undefined ? "the end" : `"${tokenText(token)}"`;
  const isAtEnd =
    token !== undefined &&
    start?.token === starts.at(-1)?.token &&
    /end of input|unexpected end/iu.test(failure.message);
  if (isAtEnd) refuse("syntax-error", `The query ends after ${shown} before it is complete.`, token);
  refuse(
    "syntax-error",
    wanted === undefined
      ? `The query cannot be read at ${shown}.`
      : `The query cannot be read at ${shown}: ${wanted} was expected.`,
    token ?? whole,
  );
}

function tokenText(token: Token): string {
  return token.text;
}

function tokenNumber(text: string | undefined): number | undefined {
  const digits = /^(?:[if]_)?(?<number>\d+)$/u.exec(text ?? "")?.groups?.["number"];
  return digits === undefined ? undefined : Number(digits);
}

/** The token that a placeholder stands for, which thereby has come back. */
export function returnToken(
  reading: Reading,
  placeholder: string | undefined,
): { readonly index: number; readonly token: Token } {
  const index = tokenNumber(placeholder);
  const token = index === undefined ? undefined : reading.canonical.outline.tokens[index];
  if (index === undefined || token === undefined) refuseWord(reading, placeholder ?? "");
  reading.returned.add(index);
  return { index, token };
}

/** Refuses a word that the parser took for a name. */
function refuseWord(reading: Reading, placeholder: string): never {
  const { keywords, outline } = reading.canonical;
  const token = outline.tokens[keywords.get(placeholder.toUpperCase())?.[0] ?? -1];
  if (token !== undefined)
    refuse("syntax-error", `"${token.text}" is a reserved word.`, token, "Put it into backticks if it is a name.");
  refuse("lost-syntax", `A part of this query was misread (at ${JSON.stringify(placeholder)}).`, reading.whole);
}

/** The form of a token, if it is no plain name. */
export function formOf(reading: Reading, index: number): Form | undefined {
  return reading.canonical.forms.get(index);
}

/** The name that an identifier of the tree stands for; `value` is `{name: "i_7", …}`. */
export function readName(reading: Reading, value: unknown): Name {
  const node: Node = openFields("identifier", value);
  const { index, token } = returnToken(reading, takeText(node, "name"));
  const form = formOf(reading, index);
  if (form !== undefined) refuse("syntax-error", "A name was expected here.", token);
  return { text: token.text, start: token.start, end: token.end };
}

/** Accounts for keywords: the tree holds what they mean. */
export function claim(reading: Reading, ...words: readonly string[]): void {
  for (const word of words) reading.claimed.set(word, (reading.claimed.get(word) ?? 0) + 1);
}

function checkNothingIsLost(reading: Reading): void {
  const { outline, owed, keywords } = reading.canonical;
  for (const index of owed) {
    const token = outline.tokens[index];
    if (token !== undefined && !reading.returned.has(index))
      refuse("lost-syntax", `The parser does not understand the part of the query around "${token.text}".`, token);
  }
  for (const [word, indexes] of keywords) {
    if (silentWords.has(word)) continue;
    const claimed = reading.claimed.get(word) ?? 0;
    if (claimed === indexes.length) continue;
    const token = outline.tokens[indexes[Math.min(claimed, indexes.length - 1)] ?? 0];
    refuse("lost-syntax", `The parser does not understand "${word}" here.`, token ?? reading.whole);
  }
}

/** Refuses a node of a kind that nothing here knows. */
export function refuseNode(reading: Reading, value: unknown): never {
  refuseUnsupported(`This syntax (${nodeKind(value).replaceAll("_", " ")})`, reading.whole);
}
