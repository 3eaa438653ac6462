import type { JsonStep } from "./json-path.ts";
import type { JsonNode } from "./json-text.ts";

/**
 * The JSON that GoogleSQL's functions of STRINGs read, which is laxer than that of type JSON: strings in either quotes
 * and with the escapes of C, commas before a closing bracket, nothing for null, and whatever behind the value found.
 */
interface Cursor {
  readonly text: string;
  at: number;
}

/** Raised where a text is no JSON even so. */
class LaxSyntaxError extends Error {}

const space = /[ \t\n\r\f\v]*/uy;
const number = /-?(?:0|[1-9]\d*)(?:\.(?<fraction>\d*))?(?:[eE][+-]?(?<power>\d*))?/uy;
const escaped = /\\(?:u(?<four>[0-9a-fA-F]{4})|x(?<two>[0-9a-fA-F]{2})|(?<octal>[0-7]{1,3})|(?<other>[^ux0-7]))/suy;

const letters: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

const words: readonly (readonly [string, JsonNode])[] = [
  ["null", { kind: "null" }],
  ["true", { kind: "boolean", value: true }],
  ["false", { kind: "boolean", value: false }],
];

/**
 * The first value that the steps lead to, read as a stream: what stands behind it need not be JSON. `undefined` if there
 * is none, or the text breaks off before it.
 */
export function findJson(text: string, steps: readonly JsonStep[]): JsonNode | undefined {
  try {
    return findFrom({ text, at: 0 }, steps, 0);
  } catch (failure) {
    if (failure instanceof LaxSyntaxError) return undefined;
    throw failure;
  }
}

function findFrom(cursor: Cursor, steps: readonly JsonStep[], depth: number): JsonNode | undefined {
  const step = steps[depth];
  if (step === undefined) return readValue(cursor);
  let found: JsonNode | undefined;
  const visit = (key: string | number): boolean => {
    if (String(key) !== String(step)) {
      readValue(cursor);
      return true;
    }
    found = findFrom(cursor, steps, depth + 1);
    return found === undefined;
  };
  const opening = peek(cursor);
  if (opening === "{") eachMember(cursor, visit);
  else if (opening === "[" && /^\d+$/u.test(String(step))) eachItem(cursor, visit);
  else readValue(cursor);
  return found;
}

function peek(cursor: Cursor): string | undefined {
  match(cursor, space);
  return cursor.text[cursor.at];
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text) ?? undefined;
  if (found !== undefined) cursor.at += found[0].length;
  return found;
}

function accept(cursor: Cursor, character: string): boolean {
  if (peek(cursor) !== character) return false;
  cursor.at++;
  return true;
}

function fail(cursor: Cursor): never {
  throw new LaxSyntaxError(`Not JSON at character ${cursor.at + 1}.`);
}

/** Walks an object's members; `visit` reads the value and says whether to go on. */
function eachMember(cursor: Cursor, visit: (name: string) => boolean): void {
  accept(cursor, "{");
  if (accept(cursor, "}")) return;
  do {
    if (peek(cursor) === "}") break;
    const name = readString(cursor);
    if (!accept(cursor, ":")) fail(cursor);
    if (!visit(name)) return;
  } while (accept(cursor, ","));
  if (!accept(cursor, "}")) fail(cursor);
}

function eachItem(cursor: Cursor, visit: (index: number) => boolean): void {
  accept(cursor, "[");
  if (accept(cursor, "]")) return;
  let index = 0;
  do {
    if (index > 0 && peek(cursor) === "]") break;
    if (!visit(index++)) return;
  } while (accept(cursor, ","));
  if (!accept(cursor, "]")) fail(cursor);
}

function readValue(cursor: Cursor): JsonNode {
  const opening = peek(cursor);
  switch (opening) {
    case "{": {
      const members: [string, JsonNode][] = [];
      eachMember(cursor, (name) => {
        members.push([name, readValue(cursor)]);
        return true;
      });
      return { kind: "object", members };
    }
    case "[": {
      const items: JsonNode[] = [];
      eachItem(cursor, () => {
        items.push(readValue(cursor));
        return true;
      });
      return { kind: "array", items };
    }
    case '"':
    case "'":
      return { kind: "string", value: readString(cursor) };
    case ",":
    case "]":
      return { kind: "null" };
    default:
      return readWord(cursor);
  }
}

function readWord(cursor: Cursor): JsonNode {
  for (const [word, node] of words)
    if (cursor.text.startsWith(word, cursor.at)) {
      cursor.at += word.length;
      return node;
    }
  const found = match(cursor, number) ?? fail(cursor);
  if (found.groups?.["fraction"] === "" || found.groups?.["power"] === "") fail(cursor);
  return { kind: "number", text: found[0] };
}

function readString(cursor: Cursor): string {
  const quote = peek(cursor);
  if (quote !== '"' && quote !== "'") fail(cursor);
  cursor.at++;
  let value = "";
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined) fail(cursor);
    if (character === quote) {
      cursor.at++;
      return value;
    }
    if (character === "\\") value += readEscape(cursor);
    else {
      value += character;
      cursor.at++;
    }
  }
}

/** One escape. Each half of a surrogate pair is taken for itself, and is no character. */
function readEscape(cursor: Cursor): string {
  const { four, two, octal, other = "" } = match(cursor, escaped)?.groups ?? fail(cursor);
  if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
  const digits = four ?? two;
  if (digits === undefined) return letters[other] ?? other;
  const code = parseInt(digits, 16);
  return code >= 0xd800 && code <= 0xdfff ? "\ufffd" : String.fromCodePoint(code);
}
