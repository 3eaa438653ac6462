import { skipSpace } from "../values/python-space.ts";
import { readNumber } from "./read-number.ts";
import { readString } from "./read-string.ts";
import { TemplateError } from "../template-error.ts";
import { dict } from "../values/dict.ts";
import { negate } from "../values/numeric.ts";
import { list, tuple, type Value } from "../values/value.ts";

/** Where the reading of a literal stands. */
interface Reading {
  readonly text: string;
  at: number;
  depth: number;
}

const deepest = 100;

class NoLiteral extends Error {}

/** Python's `ast.literal_eval`: the value that the text spells, or JS `undefined` where it spells none. */
export function parseLiteral(text: string): Value | undefined {
  const reading: Reading = { text: text.replace(/^[ \t]+/u, ""), at: 0, depth: 0 };
  try {
    const value = readLiteral(reading);
    return peek(reading) === "" ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral || error instanceof TemplateError) return undefined;
    throw error;
  }
}

function peek(reading: Reading): string {
  reading.at = skipSpace(reading.text, reading.at, reading.text.length);
  return reading.text.charAt(reading.at);
}

function skip(reading: Reading, character: string): boolean {
  if (peek(reading) !== character) return false;
  reading.at++;
  return true;
}

const constants: readonly (readonly [string, Value])[] = [
  ["True", true],
  ["False", false],
  ["None", null],
];

function readLiteral(reading: Reading): Value {
  if (++reading.depth > deepest) throw new NoLiteral();
  const value = readOne(reading);
  reading.depth--;
  return value;
}

function readOne(reading: Reading): Value {
  const character = peek(reading);
  if (skip(reading, "-")) return negate(readLiteral(reading));
  if (skip(reading, "+")) return readLiteral(reading);
  if (/[0-9.]/u.test(character)) return readDigits(reading);
  if (character === "'" || character === '"') {
    const file = { path: "", text: reading.text };
    const { value, end } = readString({ file, start: reading.at, limit: reading.text.length });
    reading.at = end;
    const next = peek(reading);
    return next === "'" || next === '"' ? joined(value, readOne(reading)) : value;
  }
  if (skip(reading, "[")) return list(readItems(reading, "]").items);
  if (skip(reading, "(")) {
    const { items, commas } = readItems(reading, ")");
    const [only] = items;
    return only !== undefined && commas === 0 ? only : tuple(items);
  }
  if (skip(reading, "{")) return dict(readEntries(reading));
  const word = /[A-Za-z_0-9]*/uy;
  word.lastIndex = reading.at;
  const name = word.exec(reading.text)?.[0] ?? "";
  const constant = constants.find(([each]) => each === name);
  if (constant === undefined) throw new NoLiteral();
  reading.at += name.length;
  return constant[1];
}

function joined(first: string, second: Value): string {
  if (typeof second !== "string") throw new NoLiteral();
  return first + second;
}

function readDigits(reading: Reading): Value {
  const { value, end } = readNumber(reading.text, reading.at);
  const isWhole = end > reading.at && !/^0[0-9_]*[1-9]/u.test(reading.text.slice(reading.at));
  if (!isWhole || /[A-Za-z_0-9.]/u.test(reading.text.charAt(end))) throw new NoLiteral();
  reading.at = end;
  return value;
}

function readItems(reading: Reading, closer: string): { readonly items: readonly Value[]; readonly commas: number } {
  const items: Value[] = [];
  let commas = 0;
  while (!skip(reading, closer)) {
    if (items.length > commas) throw new NoLiteral();
    items.push(readLiteral(reading));
    if (skip(reading, ",")) commas++;
  }
  return { items, commas };
}

function readEntries(reading: Reading): readonly (readonly [Value, Value])[] {
  const entries: (readonly [Value, Value])[] = [];
  let commas = 0;
  while (!skip(reading, "}")) {
    if (entries.length > commas) throw new NoLiteral();
    const key = readLiteral(reading);
    if (!skip(reading, ":")) throw new NoLiteral();
    entries.push([key, readLiteral(reading)]);
    if (skip(reading, ",")) commas++;
  }
  return entries;
}
