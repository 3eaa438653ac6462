import { backslash, quote, space } from "./ascii.ts";

/** The JSON without the white space outside its texts; all else stays as it is spelled. */
export function compactJson(spelled: Buffer): Buffer {
  let p = spacePlace(spelled, 0);
  if (p === spelled.length) return spelled;
  const parts: Buffer[] = [];
  let from = 0;
  for (; p < spelled.length; p = spacePlace(spelled, from)) {
    parts.push(spelled.subarray(from, p));
    from = p + 1;
  }
  return Buffer.concat([...parts, spelled.subarray(from)]);
}

/** The next white space outside texts, from an offset that is outside itself; the length where there is none. */
function spacePlace(spelled: Buffer, at: number): number {
  let isInText = false;
  let p = at;
  for (; p < spelled.length; p++) {
    const byte = spelled[p] ?? 0;
    if (byte === quote) isInText = !isInText;
    else if (byte === backslash) p++;
    else if (byte <= space && !isInText) return p;
  }
  return p;
}
