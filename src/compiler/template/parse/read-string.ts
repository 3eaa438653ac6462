import type { SourceFile } from "../../../domain/source-file.ts";
import { raise } from "../template-error.ts";

/** A string read from the text, and the offset behind its closing quote. */
export interface ReadString {
  readonly value: string;
  readonly end: number;
}

const escapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const escape =
  /\\(?:(?<octal>[0-7]{1,3})|(?<hex>x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8})|(?<named>N)|(?<one>[^]))/gu;
const hexLength: Readonly<Record<string, number>> = { x: 3, u: 5, U: 9 };

/** Reads the string whose opening quote stands at `start`, with Python's escapes. */
export function readString(from: {
  readonly file: SourceFile;
  readonly start: number;
  readonly limit: number;
}): ReadString {
  const { text } = from.file;
  const quote = text.charAt(from.start);
  let at = from.start + 1;
  while (at < from.limit && text[at] !== quote) at += text[at] === "\\" ? 2 : 1;
  if (at >= from.limit)
    raise("template-syntax", `The text that begins here has no closing ${quote === '"' ? "double" : "single"} quote.`, {
      span: { file: from.file, start: from.start, end: from.start + 1 },
    });
  const raw = text.slice(from.start + 1, at);
  const lines = raw.includes("\r") ? raw.replace(/\r\n?/gu, "\n") : raw;
  return { value: lines.includes("\\") ? unescape(lines, from) : lines, end: at + 1 };
}

function unescape(raw: string, from: { readonly file: SourceFile; readonly start: number }): string {
  return raw.replace(escape, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1);
    const { octal, hex, named, one } = groups as Readonly<Record<string, string | undefined>>;
    const fail = (): never => {
      const start = from.start + 1 + raw.indexOf(whole);
      return raise("template-syntax", `"${whole}" is not a complete escape.`, {
        span: { file: from.file, start, end: start + whole.length },
      });
    };
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    if (hex !== undefined) {
      const code = Number.parseInt(hex.slice(1), 16);
      return hex.length === hexLength[hex.charAt(0)] && code <= 0x10ffff ? String.fromCodePoint(code) : fail();
    }
    if (named !== undefined) return fail();
    return one === undefined ? whole : (escapes[one] ?? whole);
  });
}
