import { codePoints, lengthOfText } from "./code-points.ts";
import { repeatText } from "./repeat-text.ts";

/** Python's `center`, `ljust` and `rjust`. */
export function padText(
  whole: string,
  to: { readonly width: number; readonly side: "left" | "right" | "both"; readonly fill: string },
): string {
  const missing = to.width - lengthOfText(whole);
  if (missing <= 0) return whole;
  const before = to.side === "left" ? missing : to.side === "right" ? 0 : (missing >> 1) + (missing & to.width & 1);
  return repeatText(to.fill, before) + whole + repeatText(to.fill, missing - before);
}

/** Python's `zfill`: zeros behind the sign. */
export function zeroFilled(whole: string, width: number): string {
  const sign = whole.startsWith("-") || whole.startsWith("+") ? whole.charAt(0) : "";
  return sign + padText(whole.slice(sign.length), { width: width - sign.length, side: "left", fill: "0" });
}

/** Python's `expandtabs`. */
export function expandTabs(whole: string, size: number): string {
  let column = 0;
  return codePoints(whole)
    .map((character) => {
      if (character !== "\t") {
        column = character === "\n" || character === "\r" ? 0 : column + 1;
        return character;
      }
      const width = size > 0 ? size - (column % size) : 0;
      column += width;
      return repeatText(" ", width);
    })
    .join("");
}
