import type { Span } from "./source-file.ts";

/**
 * Where a stretch of SQL came from. When `span` is as long as the stretch, characters correspond one to one (the author's
 * own text); otherwise the whole stretch stands for the whole span (a `ref()`, a value). `via` are the macro calls that
 * led there, innermost first.
 */
export interface Origin {
  readonly at: number;
  readonly length: number;
  readonly span: Span;
  readonly via?: readonly Span[] | undefined;
}

declare const trusted: unique symbol;

/**
 * SQL text together with the origins of its stretches, in order and without overlap. Only the constructors of this file
 * make one, so a raw string cannot be spliced into a statement unquoted.
 */
export interface Sql {
  readonly text: string;
  readonly origins: readonly Origin[];
  readonly [trusted]: true;
}

function make(text: string, origins: readonly Origin[]): Sql {
  return { text, origins } as unknown as Sql;
}

/** No text at all. */
export const emptySql: Sql = make("", []);

/** SQL that tsdbt itself wrote, or text that the caller has quoted; it has no origin in the author's files. */
export function trustedSql(text: string): Sql {
  return make(text, []);
}

/** SQL text with given origins, for the stages that make them: the template evaluator and the translator. */
export function sqlWithOrigins(text: string, origins: readonly Origin[]): Sql {
  return make(text, origins);
}

/** The same text, every stretch without an origin of its own attributed to `span`. */
export function sqlFrom(span: Span, text: string): Sql {
  return make(text, text === "" ? [] : [{ at: 0, length: text.length, span }]);
}

/** The parts one after another. */
export function concatSql(parts: readonly Sql[]): Sql {
  const origins: Origin[] = [];
  let text = "";
  for (const part of parts) {
    for (const origin of part.origins) origins.push({ ...origin, at: origin.at + text.length });
    text += part.text;
  }
  return make(text, origins);
}

/** The parts with a separator between each two. */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  const between = trustedSql(separator);
  return concatSql(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}

/** A template tag that composes SQL and accepts nothing but SQL between its braces. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  return concatSql(
    strings.flatMap((text, index) => {
      const part = parts[index];
      return part === undefined ? [trustedSql(text)] : [trustedSql(text), part];
    }),
  );
}

/** A part of the SQL, with the origins that fall into it. */
export function sliceSql(whole: Sql, start: number, end: number): Sql {
  const origins: Origin[] = [];
  for (const origin of whole.origins) {
    const from = Math.max(origin.at, start);
    const to = Math.min(origin.at + origin.length, end);
    if (from >= to) continue;
    const exact = origin.span.end - origin.span.start === origin.length;
    const shift = from - origin.at;
    const span = exact
      ? { file: origin.span.file, start: origin.span.start + shift, end: origin.span.start + shift + (to - from) }
      : origin.span;
    origins.push({ ...origin, at: from - start, length: to - from, span });
  }
  return make(whole.text.slice(start, end), origins);
}

/** The text without white space at both ends, origins kept. */
export function trimSql(whole: Sql): Sql {
  const start = whole.text.length - whole.text.trimStart().length;
  return sliceSql(whole, start, Math.max(start, whole.text.trimEnd().length));
}

/** Where a stretch of generated SQL was written by the author, and the macro calls on the way, innermost first. */
export interface OriginalPlace {
  readonly span: Span;
  readonly via: readonly Span[];
}

/** The author's place for the stretch `[start, end)` of a statement, or `undefined` where tsdbt wrote the text itself. */
export function originalPlace(statement: Sql, start: number, end: number = start + 1): OriginalPlace | undefined {
  const touched = sliceSql(statement, start, Math.max(end, start + 1)).origins;
  const first = touched[0];
  if (first === undefined) return undefined;
  let { start: from, end: to } = first.span;
  for (const origin of touched) {
    if (origin.span.file !== first.span.file) continue;
    from = Math.min(from, origin.span.start);
    to = Math.max(to, origin.span.end);
  }
  return { span: { file: first.span.file, start: from, end: to }, via: first.via ?? [] };
}
