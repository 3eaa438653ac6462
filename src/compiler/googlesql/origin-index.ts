import type { Origin, Sql } from "../../domain/sql.ts";
import type { Span } from "../../domain/source-file.ts";
import type { Place } from "./place.ts";

/** Finds the author's spans for stretches of a text, by bisection: a query asks for hundreds. */
export interface OriginIndex {
  readonly originOf: (place: Place) => Pick<Origin, "span" | "via"> | undefined;
}

/** The index of a text's origins. */
export function indexOrigins(source: Sql): OriginIndex {
  const { origins } = source;
  const firstEndingAfter = (offset: number): number => {
    let low = 0;
    let high = origins.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const origin = origins[middle];
      if (origin !== undefined && origin.at + origin.length > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    originOf: ({ start, end }) => {
      let found: Pick<Origin, "span" | "via"> | undefined;
      for (let index = firstEndingAfter(start); index < origins.length; index++) {
        const origin = origins[index];
        if (origin === undefined || origin.at >= Math.max(end, start + 1)) break;
        const span = spanWithin(origin, start, Math.max(end, start + 1));
        if (found === undefined) found = origin.via === undefined ? { span } : { span, via: origin.via };
        else if (found.span.file === span.file) found = { ...found, span: around(found.span, span) };
      }
      return found;
    },
  };
}

/** The part of an origin's span that a stretch of the text covers; the whole span where the text is not the author's own. */
function spanWithin(origin: Origin, start: number, end: number): Span {
  const { span, at, length } = origin;
  if (span.end - span.start !== length) return span;
  return { file: span.file, start: span.start + Math.max(start - at, 0), end: span.start + Math.min(end - at, length) };
}

function around(left: Span, right: Span): Span {
  return { file: left.file, start: Math.min(left.start, right.start), end: Math.max(left.end, right.end) };
}
