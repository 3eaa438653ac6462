import { skipSpace, trimmedEnd } from "./python-space.ts";

/** Which ends of a text are stripped. */
export type Ends = "both" | "left" | "right";

/** The stretch of the text that Python's `strip`, `lstrip` or `rstrip` leaves; without characters, white space goes. */
export function strippedStretch(
  text: string,
  ends: Ends,
  characters: string | undefined,
): { readonly start: number; readonly end: number } {
  if (characters === undefined) {
    const start = ends === "right" ? 0 : skipSpace(text, 0, text.length);
    return { start, end: ends === "left" ? text.length : trimmedEnd(text, start, text.length) };
  }
  const unwanted = new Set(characters);
  const all = Array.from(text);
  let start = 0;
  let [first, last] = [0, all.length];
  while (ends !== "right" && first < last && unwanted.has(all[first] ?? "")) start += all[first++]?.length ?? 0;
  let end = text.length;
  while (ends !== "left" && last > first && unwanted.has(all[last - 1] ?? "")) end -= all[--last]?.length ?? 0;
  return { start, end };
}
