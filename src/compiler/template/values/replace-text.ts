import { codePoints } from "./code-points.ts";
import { checkLength } from "./repeat-text.ts";
import { splitText } from "./split-text.ts";

/** Python's `replace`: every occurrence, or the first `count`. */
export function replaceText(
  whole: string,
  by: { readonly old: string; readonly new: string; readonly count: number },
): string {
  const places = by.old === "" ? whole.length + 1 : whole.length / by.old.length;
  checkLength(whole.length + by.new.length * Math.min(places, by.count < 0 ? Infinity : by.count));
  if (by.count < 0) return by.old === "" ? spaced(whole, by.new, Infinity) : whole.replaceAll(by.old, () => by.new);
  if (by.old === "") return spaced(whole, by.new, by.count);
  return splitText(whole, by.old, by.count).join(by.new);
}

function spaced(whole: string, filling: string, count: number): string {
  const characters = codePoints(whole);
  return [
    ...characters.map((each, index) => (index < count ? filling + each : each)),
    characters.length < count ? filling : "",
  ].join("");
}
