import type { Span } from "./source-file.ts";

/** Another place that a diagnostic speaks of, with what it has to do with it ("also defined here"). */
export interface RelatedSpan {
  readonly message: string;
  readonly span: Span;
}

/**
 * Something the author can mend. `code` is stable and in kebab-case; `message` is one sentence with a full stop; the
 * remedy, if there is one, is the `hint`. A diagnostic is a value: it is collected and shown, never thrown across layers.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedSpan[] | undefined;
  readonly hint?: string | undefined;
}

/** A result that the author's mistakes may stand in the way of: either the value, or every mistake found on the way. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A successful result. */
export function passed<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** A result that failed with these diagnostics. */
export function failed(...diagnostics: readonly Diagnostic[]): Checked<never> {
  return { ok: false, diagnostics };
}

/** What an author's mistake needs to be told, besides its code and sentence. */
export interface DiagnosticDetails {
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedSpan[] | undefined;
  readonly hint?: string | undefined;
}

/** The diagnostics in the order in which one reads: by file, then by place; those without a place first. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const pathOf = ({ span }: Diagnostic): string => span?.file.path ?? "";
  return [...diagnostics].sort((a, b) => {
    const [first, second] = [pathOf(a), pathOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    return (a.span?.start ?? 0) - (b.span?.start ?? 0);
  });
}

/** A diagnostic of severity `error`. */
export function error(code: string, message: string, details: DiagnosticDetails = {}): Diagnostic {
  return { code, severity: "error", message, ...details };
}

/** A diagnostic of severity `warning`: something is told, nothing is stopped. */
export function warning(code: string, message: string, details: DiagnosticDetails = {}): Diagnostic {
  return { code, severity: "warning", message, ...details };
}
