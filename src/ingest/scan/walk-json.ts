import {
  backslash,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dot,
  lineFeed,
  lowerE,
  lowerU,
  minus,
  nine,
  openBrace,
  openBracket,
  plus,
  quote,
  space,
  tab,
  upperE,
  zero,
} from "./ascii.ts";
import { packFault } from "./fault.ts";

// Every walker takes bytes that are followed by at least one zero byte, starts at an offset and returns the offset behind
// what it walked, or a packed fault. RFC 8259 to the letter; UTF-8 is checked by the caller for the file as a whole.

/** 1 for a byte that stands for itself inside a JSON text: anything but the quote, the backslash and control characters. */
export const isPlain: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < space || byte === quote || byte === backslash ? 0 : 1,
);

/** Walks white space. */
export function walkSpace(bytes: Uint8Array, at: number): number {
  let p = at;
  for (;;) {
    const c = bytes[p];
    if (c !== space && c !== lineFeed && c !== carriageReturn && c !== tab) return p;
    p++;
  }
}

const isShortEscape: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

const isHexDigit: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdefABCDEF".includes(String.fromCharCode(byte)) ? 1 : 0,
);

function walkEscape(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] ?? 0;
  if (isShortEscape[letter] === 1) return at + 2;
  if (letter !== lowerU) return packFault("escape", at + 1);
  for (let p = at + 2; p < at + 6; p++) if (isHexDigit[bytes[p] ?? 0] !== 1) return packFault("hex-digit", p);
  return at + 6;
}

/** Walks the rest of a text from somewhere inside it to its closing quote, on which it ends. */
export function walkText(bytes: Uint8Array, at: number): number {
  let p = at;
  for (;;) {
    while (isPlain[bytes[p] ?? 0] === 1) p++;
    if (bytes[p] === quote) return p;
    if (bytes[p] !== backslash) return packFault("text-goes-on", p);
    p = walkEscape(bytes, p);
    if (p < 0) return p;
  }
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= zero && c <= nine;
}

function walkDigits(bytes: Uint8Array, at: number): number {
  let p = at;
  while (isDigit(bytes[p])) p++;
  return p === at ? packFault("digit", at) : p;
}

function walkNumber(bytes: Uint8Array, at: number): number {
  let p = bytes[at] === minus ? at + 1 : at;
  p = bytes[p] === zero ? p + 1 : walkDigits(bytes, p);
  if (p >= 0 && bytes[p] === dot) p = walkDigits(bytes, p + 1);
  if (p >= 0 && (bytes[p] === lowerE || bytes[p] === upperE)) {
    p++;
    if (bytes[p] === plus || bytes[p] === minus) p++;
    p = walkDigits(bytes, p);
  }
  return p;
}

const literals: readonly Uint8Array[] = ["true", "false", "null"].map((word) => new TextEncoder().encode(word));

/** Walks a number, `true`, `false` or `null`. */
export function walkScalar(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === minus || isDigit(first)) return walkNumber(bytes, at);
  for (const literal of literals)
    if (literal.every((byte, index) => bytes[at + index] === byte)) return at + literal.length;
  return packFault("value", at);
}

function walkKey(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return packFault("key", at);
  let p = walkText(bytes, at + 1);
  if (p < 0) return p;
  p = walkSpace(bytes, p + 1);
  return bytes[p] === colon ? walkSpace(bytes, p + 1) : packFault("colon", p);
}

function walkLeaf(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return walkScalar(bytes, at);
  const end = walkText(bytes, at + 1);
  return end < 0 ? end : end + 1;
}

/** Walks an array or an object with all that it holds, as deep as it goes. */
export function walkNested(bytes: Uint8Array, at: number): number {
  const open: number[] = [];
  let p = at;
  for (;;) {
    const first = bytes[p];
    if (first === openBrace || first === openBracket) {
      open.push(first);
      p = walkSpace(bytes, p + 1);
      if (bytes[p] !== first + 2) {
        if (first === openBrace) p = walkKey(bytes, p);
        if (p < 0) return p;
        continue;
      }
    } else {
      p = walkLeaf(bytes, p);
      if (p < 0) return p;
      p = walkSpace(bytes, p);
    }
    p = walkClosings(bytes, p, open);
    if (p < 0 || open.length === 0) return p;
  }
}

/** From behind a value to the next one, over the ends of all containers that end there. */
function walkClosings(bytes: Uint8Array, at: number, open: number[]): number {
  let p = at;
  for (;;) {
    const innermost = open.at(-1);
    if (innermost === undefined) return p;
    if (bytes[p] === comma) {
      p = walkSpace(bytes, p + 1);
      return innermost === openBrace ? walkKey(bytes, p) : p;
    }
    if (bytes[p] !== (innermost === openBrace ? closeBrace : closeBracket))
      return packFault(innermost === openBrace ? "object-goes-on" : "array-goes-on", p);
    open.pop();
    p = open.length === 0 ? p + 1 : walkSpace(bytes, p + 1);
  }
}
