/** A stretch of the text that is being translated, `start` inclusive and `end` exclusive, in UTF-16 code units. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The smallest stretch that covers both. */
export function placeAround(first: Place, second: Place): Place {
  return { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}
