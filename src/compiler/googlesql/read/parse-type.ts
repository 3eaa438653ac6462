import type { Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import { arrayOf, type DataType, scalarNamed, structOf, type StructField } from "../type/data-type.ts";
import { lex, type Token } from "./lex.ts";

/** A type as written: what it is, and its parameters (`STRING(10)`, `NUMERIC(10, 2)`). */
export interface TypeSyntax extends Place {
  readonly type: DataType;
  readonly parameters: readonly number[];
  /** Whether a type inside of it has parameters. */
  readonly hasInnerParameters: boolean;
}

const aliases: Readonly<Record<string, string>> = {
  INT: "INT64",
  SMALLINT: "INT64",
  INTEGER: "INT64",
  BIGINT: "INT64",
  TINYINT: "INT64",
  BYTEINT: "INT64",
  FLOAT: "FLOAT64",
  DECIMAL: "NUMERIC",
  BIGDECIMAL: "BIGNUMERIC",
  BOOLEAN: "BOOL",
  RECORD: "STRUCT",
};

/** Reads tokens one after another; a `>>` counts as two brackets. */
interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  isHalfRead: boolean;
}

function here(cursor: Cursor): Place {
  return cursor.tokens[cursor.at] ?? cursor.tokens.at(-1) ?? { start: 0, end: 0 };
}

function accept(cursor: Cursor, symbol: string): boolean {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== "symbol") return false;
  if (symbol === ">" && token.text === ">>") {
    if (cursor.isHalfRead) cursor.at++;
    cursor.isHalfRead = !cursor.isHalfRead;
    return true;
  }
  if (token.text !== symbol) return false;
  cursor.at++;
  return true;
}

function expect(cursor: Cursor, symbol: string): void {
  if (!accept(cursor, symbol)) refuse("syntax-error", `A type is not complete: "${symbol}" is missing.`, here(cursor));
}

function parseParameters(cursor: Cursor): readonly number[] {
  const parameters: number[] = [];
  if (!accept(cursor, "(")) return parameters;
  do {
    const token = cursor.tokens[cursor.at++];
    if (token?.kind === "word" && token.upper === "MAX") continue;
    if (token?.kind !== "number") refuse("syntax-error", "A parameter of a type must be a number.", here(cursor));
    parameters.push(Number(token.text));
  } while (accept(cursor, ","));
  expect(cursor, ")");
  return parameters;
}

interface FieldSyntax extends StructField {
  readonly isBounded: boolean;
}

function parseField(cursor: Cursor): FieldSyntax {
  const token = cursor.tokens[cursor.at];
  const next = cursor.tokens[cursor.at + 1];
  const isNamed = token?.kind === "quoted" || next?.kind === "word";
  if (isNamed) cursor.at += next?.text === ":" ? 2 : 1;
  const syntax = parseAt(cursor);
  return { name: isNamed ? token?.text : undefined, type: syntax.type, isBounded: isBounded(syntax) };
}

function isBounded(syntax: TypeSyntax): boolean {
  return syntax.parameters.length > 0 || syntax.hasInnerParameters;
}

function parseAt(cursor: Cursor): TypeSyntax {
  const token = cursor.tokens[cursor.at++];
  if (token?.kind !== "word") refuse("syntax-error", "A type is missing.", token ?? here(cursor));
  const name = aliases[token.upper] ?? token.upper;
  if (name === "ARRAY") {
    expect(cursor, "<");
    const inner = parseAt(cursor);
    const element = inner.type;
    const hasInnerParameters = isBounded(inner);
    expect(cursor, ">");
    if (element.kind === "ARRAY")
      refuse("argument-type", "An array of arrays is not a type.", token, "Wrap the inner array in a STRUCT.");
    return {
      type: arrayOf(element),
      parameters: [],
      hasInnerParameters,
      start: token.start,
      end: endOf(cursor, token),
    };
  }
  if (name === "STRUCT") {
    expect(cursor, "<");
    const fields: FieldSyntax[] = [];
    if (!accept(cursor, ">")) {
      do fields.push(parseField(cursor));
      while (accept(cursor, ","));
      expect(cursor, ">");
    }
    const hasInnerParameters = fields.some((field) => field.isBounded);
    const type = structOf(fields.map((field) => ({ name: field.name, type: field.type })));
    return { type, parameters: [], hasInnerParameters, start: token.start, end: endOf(cursor, token) };
  }
  const type = scalarNamed(name);
  if (type === undefined) {
    if (["GEOGRAPHY", "RANGE", "UUID", "GRAPH_ELEMENT"].includes(name)) refuseUnsupported(`The type ${name}`, token);
    refuse("unknown-type", `There is no type "${token.text}".`, token);
  }
  const parameters = parseParameters(cursor);
  return { type, parameters, hasInnerParameters: false, start: token.start, end: endOf(cursor, token) };
}

/** The type, or a refusal if it has parameters: only a CAST rounds and measures by them. */
export function unboundedType(syntax: TypeSyntax): DataType {
  if (isBounded(syntax))
    refuseUnsupported("A type with parameters here", syntax, "Leave them out, and CAST the value where it is made.");
  return syntax.type;
}

function endOf(cursor: Cursor, first: Token): number {
  return (cursor.tokens[cursor.isHalfRead ? cursor.at : cursor.at - 1] ?? first).end;
}

/** Reads the type that starts at a token; `next` is the index of the first token after it. */
export function parseTypeAt(
  tokens: readonly Token[],
  start: number,
): { readonly type: TypeSyntax; readonly next: number } {
  const cursor: Cursor = { tokens, at: start, isHalfRead: false };
  const type = parseAt(cursor);
  if (cursor.isHalfRead) refuse("syntax-error", 'A type has one ">" too many.', here(cursor));
  return { type, next: cursor.at };
}

const known = new Map<string, DataType>();

/** The type that a text stands for, `ARRAY<STRUCT<sku STRING, qty INT64>>`. Refuses what is no type. */
export function parseType(text: string): DataType {
  const found = known.get(text);
  if (found !== undefined) return found;
  const tokens = lex(text);
  const { type, next } = parseTypeAt(tokens, 0);
  const rest = tokens[next];
  if (rest !== undefined) refuse("syntax-error", `"${rest.text}" does not belong to a type.`, rest);
  if (known.size < 10_000) known.set(text, type.type);
  return type.type;
}
