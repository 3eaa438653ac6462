import type { Place } from "../place.ts";
import { refuse } from "../refusal.ts";

const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "?": 63,
  '"': 34,
  "'": 39,
  "`": 96,
};
const escape =
  /\\(?:[xX](?<byte>[0-9a-fA-F]{2})|u(?<short>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|(?<octal>[0-3][0-7]{2})|(?<one>[\s\S]?))/gu;

function pieces(body: string, place: Place): readonly (string | { readonly code: number; readonly isByte: boolean })[] {
  const out: (string | { code: number; isByte: boolean })[] = [];
  let at = 0;
  for (const found of body.matchAll(escape)) {
    out.push(body.slice(at, found.index));
    at = found.index + found[0].length;
    const { byte, short, long, octal, one = "" } = found.groups ?? {};
    const digits = byte ?? short ?? long;
    if (digits !== undefined) out.push({ code: parseInt(digits, 16), isByte: byte !== undefined });
    else if (octal !== undefined) out.push({ code: parseInt(octal, 8), isByte: true });
    else {
      const code = simple[one];
      if (code === undefined)
        refuse("syntax-error", `There is no escape sequence "\\${one}".`, place, 'Write "\\\\" for a backslash.');
      out.push({ code, isByte: false });
    }
  }
  out.push(body.slice(at));
  return out;
}

/** The text that the body of a string literal (or of a name in backticks) stands for. */
export function decodeString(body: string, place: Place): string {
  if (!body.includes("\\")) return body;
  return pieces(body, place)
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if (piece.code > 0x10ffff || (piece.code >= 0xd800 && piece.code <= 0xdfff))
        refuse("syntax-error", "An escape sequence is no Unicode character.", place);
      return String.fromCodePoint(piece.code);
    })
    .join("");
}

/** The bytes that the body of a bytes literal stands for. */
export function decodeBytes(body: string, place: Place): Uint8Array {
  return Buffer.concat(
    pieces(body, place).map((piece) => {
      if (typeof piece === "string") return Buffer.from(piece, "utf8");
      return piece.isByte ? Buffer.from([piece.code]) : Buffer.from(String.fromCodePoint(piece.code), "utf8");
    }),
  );
}
