/** A JSON value that keeps its numbers as written. Objects keep the order of their members. */
export type JsonNode =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, value: JsonNode])[] };

interface Cursor {
  readonly text: string;
  at: number;
}

/** Raised where a text is no JSON. */
class JsonSyntaxError extends Error {}

const space = /[ \t\n\r]*/uy;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;

function skipSpace(cursor: Cursor): void {
  space.lastIndex = cursor.at;
  space.exec(cursor.text);
  cursor.at = space.lastIndex;
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function accept(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

function fail(cursor: Cursor): never {
  throw new JsonSyntaxError(`Not JSON at character ${cursor.at + 1}.`);
}

function readString(cursor: Cursor): string {
  skipSpace(cursor);
  const raw = match(cursor, string) ?? fail(cursor);
  return raw.includes("\\") ? String(JSON.parse(raw)) : raw.slice(1, -1);
}

function readValue(cursor: Cursor): JsonNode {
  skipSpace(cursor);
  const { text, at } = cursor;
  switch (text[at]) {
    case "{": {
      const members: [string, JsonNode][] = [];
      accept(cursor, "{");
      if (accept(cursor, "}")) return { kind: "object", members };
      do {
        const name = readString(cursor);
        if (!accept(cursor, ":")) fail(cursor);
        members.push([name, readValue(cursor)]);
      } while (accept(cursor, ","));
      if (!accept(cursor, "}")) fail(cursor);
      return { kind: "object", members };
    }
    case "[": {
      const items: JsonNode[] = [];
      accept(cursor, "[");
      if (accept(cursor, "]")) return { kind: "array", items };
      do items.push(readValue(cursor));
      while (accept(cursor, ","));
      if (!accept(cursor, "]")) fail(cursor);
      return { kind: "array", items };
    }
    case '"':
      return { kind: "string", value: readString(cursor) };
    default:
      return readWord(cursor);
  }
}

function readWord(cursor: Cursor): JsonNode {
  const { text, at } = cursor;
  for (const [word, node] of words)
    if (text.startsWith(word, at)) {
      cursor.at += word.length;
      return node;
    }
  const digits = match(cursor, number) ?? fail(cursor);
  return { kind: "number", text: digits };
}

const words: readonly (readonly [string, JsonNode])[] = [
  ["null", { kind: "null" }],
  ["true", { kind: "boolean", value: true }],
  ["false", { kind: "boolean", value: false }],
];

/** The value of a text, or `undefined` if it is no JSON. */
export function parseJson(text: string): JsonNode | undefined {
  const cursor: Cursor = { text, at: 0 };
  try {
    const value = readValue(cursor);
    skipSpace(cursor);
    return cursor.at === text.length ? value : undefined;
  } catch (failure) {
    if (failure instanceof JsonSyntaxError) return undefined;
    throw failure;
  }
}

/** A text as JSON. GoogleSQL escapes the two line separators too. */
export function quoteJson(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", String.raw`\u2028`)
    .replaceAll("\u2029", String.raw`\u2029`);
}

/** The value as text without white space; `numberText` decides how numbers are written. */
export function printJson(node: JsonNode, numberText: (text: string) => string = (text) => text): string {
  switch (node.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(node.value);
    case "number":
      return numberText(node.text);
    case "string":
      return quoteJson(node.value);
    case "array":
      return `[${node.items.map((item) => printJson(item, numberText)).join(",")}]`;
    case "object":
      return `{${node.members.map(([name, value]) => `${quoteJson(name)}:${printJson(value, numberText)}`).join(",")}}`;
  }
}

/** The value as text on several lines, two spaces deeper with each level. */
export function indentJson(node: JsonNode, margin = ""): string {
  const inner = `${margin}  `;
  if (node.kind === "array" && node.items.length > 0)
    return `[\n${node.items.map((item) => inner + indentJson(item, inner)).join(",\n")}\n${margin}]`;
  if (node.kind !== "object" || node.members.length === 0) return printJson(node);
  const members = node.members.map(([name, value]) => `${inner}${quoteJson(name)}: ${indentJson(value, inner)}`);
  return `{\n${members.join(",\n")}\n${margin}}`;
}
