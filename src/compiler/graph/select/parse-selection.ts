import { type Checked, type Diagnostic, failed, passed } from "../../../domain/diagnostic.ts";
import { type SourceFile, type Span, spanText } from "../../../domain/source-file.ts";
import { parseCriterion } from "./parse-criterion.ts";
import { emptyPart } from "./selection-diagnostics.ts";
import type { Criterion, Intersection, Selection } from "./selection.ts";

/**
 * What the values of a selection option mean together, or all that is wrong with them. `option` (`--select`) is the
 * path by which diagnostics name the text. A blank value selects nothing, and never everything.
 */
export function parseSelection(values: readonly string[], option: string): Checked<Selection> {
  const intersections: Intersection[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const span of values.flatMap((text) => words({ path: option, text }))) {
    const parsed = parseIntersection(span);
    if (parsed.ok) intersections.push(parsed.value);
    else diagnostics.push(...parsed.diagnostics);
  }
  return diagnostics.length > 0 ? failed(...diagnostics) : passed(intersections);
}

/** The stretches between spaces; a blank text is one stretch, so that it is not taken for no option at all. */
function words(file: SourceFile): readonly Span[] {
  const found = [...file.text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    file,
    start: index,
    end: index + word.length,
  }));
  return found.length > 0 ? found : [{ file, start: 0, end: file.text.length }];
}

function parseIntersection(span: Span): Checked<Intersection> {
  if (spanText(span).trim() === "") return passed({ span, criteria: [] });
  const parts = partsBetweenCommas(span);
  const criteria: Criterion[] = [];
  const diagnostics: Diagnostic[] = [];
  const empty = parts.find(({ start, end }) => start === end);
  if (empty !== undefined) {
    const comma = Math.max(empty.start - 1, span.start);
    diagnostics.push(emptyPart({ file: span.file, start: comma, end: comma + 1 }, span));
  }
  for (const part of parts.filter(({ start, end }) => start < end)) {
    const parsed = parseCriterion(part);
    if (parsed.ok) criteria.push(parsed.value);
    else diagnostics.push(...parsed.diagnostics);
  }
  return diagnostics.length > 0 ? failed(...diagnostics) : passed({ span, criteria });
}

function partsBetweenCommas({ file, start, end }: Span): readonly Span[] {
  const parts: Span[] = [];
  let from = start;
  for (const part of file.text.slice(start, end).split(",")) {
    parts.push({ file, start: from, end: from + part.length });
    from += part.length + 1;
  }
  return parts;
}
