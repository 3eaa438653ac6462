import { distance } from "fastest-levenshtein";

/** How many letters may differ before help would mislead: none below three letters, never more than three. */
function cutOff(name: string): number {
  return name.length < 3 ? 0 : Math.min(3, Math.floor(name.length * 0.4));
}

/** Whether two neighbouring letters have changed places, which counts as one slip and not as two. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a.charAt(at) === b.charAt(at)) at++;
  return at < a.length && a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2) === b;
}

/** The candidate that the author most likely meant by `name`, or `undefined` when none is near enough to be of help. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = cutOff(name) + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const lower = candidate.toLowerCase();
    if (Math.abs(lower.length - wanted.length) >= bestDistance) continue;
    const found = isSwapped(wanted, lower) ? 1 : distance(wanted, lower);
    if (found < bestDistance || (found === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** The hint that names the nearest candidate, or `undefined` when there is none. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}
