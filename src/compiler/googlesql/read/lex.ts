import type { Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import { decodeBytes, decodeString } from "./decode-literal.ts";

/**
 * A token of GoogleSQL. `text` is what counts: a word as written, an identifier without its backticks, a string decoded,
 * bytes as hexadecimal digits, a parameter without its `@`. `upper` is the word in upper case, and empty for all others.
 */
export interface Token extends Place {
  readonly kind: "word" | "quoted" | "string" | "bytes" | "number" | "symbol" | "parameter";
  readonly text: string;
  readonly upper: string;
}

const space = /(?:[\s\u{feff}]|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)+/uy;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.(?![\p{L}_])\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy;
const literal = /(?<prefix>[rR]?[bB]?|[bB][rR])(?<quote>'''|"""|'|")/uy;
const parameter = /@(?<name>[A-Za-z_]\w*)/uy;
const symbol = /->|=>|<<|>>|<>|<=|>=|!=|\|\||\|>|@@|[-+*/~&|^=<>(),.;:[\]{}?@!%]/uy;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The tokens of a text, without white space and comments. Refuses what is no token at its place. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length;) {
    const token = lexOne(text, at, tokens.at(-1));
    tokens.push(token);
    at = skipSpace(text, token.end);
  }
  return joinDashes(text, tokens);
}

function skipSpace(text: string, at: number): number {
  const end = at + (match(space, text, at)?.[0].length ?? 0);
  if (text.startsWith("/*", end))
    refuse("syntax-error", "This comment is not closed.", { start: end, end: end + 2 }, 'Close it with "*/".');
  return end;
}

function lexOne(text: string, start: number, previous: Token | undefined): Token {
  const quoted = match(literal, text, start);
  if (quoted !== null) return lexLiteral(text, start, quoted);
  const named = match(word, text, start)?.[0];
  if (named !== undefined)
    return { kind: "word", text: named, upper: named.toUpperCase(), start, end: start + named.length };
  const afterDot = previous?.text === "." && previous.kind === "symbol";
  const digits = afterDot ? undefined : match(number, text, start)?.[0];
  if (digits !== undefined) return { kind: "number", text: digits, upper: "", start, end: start + digits.length };
  if (text[start] === "`") return lexIdentifier(text, start);
  const given = match(parameter, text, start);
  if (given !== null)
    return { kind: "parameter", text: given.groups?.["name"] ?? "", upper: "", start, end: start + given[0].length };
  const sign = match(symbol, text, start)?.[0];
  if (sign === undefined) {
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    refuse("syntax-error", `There is an unexpected character "${character}".`, {
      start,
      end: start + character.length,
    });
  }
  return { kind: "symbol", text: sign, upper: "", start, end: start + sign.length };
}

function lexIdentifier(text: string, start: number): Token {
  const close = text.indexOf("`", start + 1);
  if (close === -1)
    refuse("syntax-error", "A name in backticks has no end.", { start, end: text.length }, "Add the closing backtick.");
  const place = { start, end: close + 1 };
  return { kind: "quoted", text: decodeString(text.slice(start + 1, close), place), upper: "", ...place };
}

function lexLiteral(text: string, start: number, opening: RegExpExecArray): Token {
  const prefix = opening.groups?.["prefix"]?.toLowerCase() ?? "";
  const quote = opening.groups?.["quote"] ?? "";
  const bodyStart = start + opening[0].length;
  let end = bodyStart;
  while (!text.startsWith(quote, end)) {
    if (end >= text.length || (quote.length === 1 && text[end] === "\n"))
      refuse("syntax-error", "A string literal has no end.", { start, end }, `Add the closing ${quote}.`);
    end += text[end] === "\\" ? 2 : 1;
  }
  const place = { start, end: end + quote.length };
  const body = text.slice(bodyStart, end).replaceAll(/\r\n?/gu, "\n");
  const isRaw = prefix.includes("r");
  if (!prefix.includes("b"))
    return { kind: "string", text: isRaw ? body : decodeString(body, place), upper: "", ...place };
  const bytes = isRaw ? new TextEncoder().encode(body) : decodeBytes(body, place);
  return { kind: "bytes", text: Buffer.from(bytes).toString("hex"), upper: "", ...place };
}

const tableWords: ReadonlySet<string> = new Set(
  "FROM JOIN INTO UPDATE TABLE VIEW EXISTS MERGE USING DELETE INSERT LIKE CLONE COPY SCHEMA DATASET".split(" "),
);

/** A project's name may have dashes without backticks where a table is named: `FROM my-project.d.t`. They make one token. */
function joinDashes(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!text.includes("-")) return tokens;
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    let last = token;
    if (token.kind === "word" && tableWords.has(tokens[index - 1]?.upper ?? ""))
      while (isDashed(tokens, index)) last = tokens[(index += 2)] ?? last;
    const place = { start: token.start, end: last.end };
    joined.push(
      last === token ? token : { kind: "quoted", text: text.slice(place.start, place.end), upper: "", ...place },
    );
  }
  return joined;
}

function isDashed(tokens: readonly Token[], index: number): boolean {
  const [part, dash, next] = [tokens[index], tokens[index + 1], tokens[index + 2]];
  if (part === undefined || dash?.text !== "-" || next === undefined) return false;
  return dash.start === part.end && next.start === dash.end && (next.kind === "word" || next.kind === "number");
}
