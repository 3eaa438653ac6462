import { type Diagnostic, type DiagnosticDetails, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";

/**
 * The author's mistake on its way out of a template. Context functions throw it too; without a span the diagnostic is
 * given the call's. Any other thrown error passes through the evaluator untouched.
 */
export class TemplateError extends Error {
  readonly diagnostic: Diagnostic;
  /** Whether the diagnostic knows its place and the macro calls that led there. */
  readonly isPlaced: boolean;

  constructor(diagnostic: Diagnostic, state: { readonly isPlaced: boolean } = { isPlaced: false }) {
    super(diagnostic.message);
    this.name = "TemplateError";
    this.diagnostic = diagnostic;
    this.isPlaced = state.isPlaced;
  }
}

/** Stops the evaluation with the author's mistake. */
export function raise(code: string, message: string, details: DiagnosticDetails = {}): never {
  throw new TemplateError(error(code, message, details));
}

const mostCalls = 8;

/** The same mistake with its place: its own span or else the given one, and the macro calls that led there. */
export function placeError(mistake: TemplateError, span: Span, via: readonly Span[]): TemplateError {
  if (mistake.isPlaced) return mistake;
  const { diagnostic } = mistake;
  const calls = via.slice(0, mostCalls).map((call) => ({ message: "Called from here.", span: call }));
  const related = [...(diagnostic.related ?? []), ...calls];
  return new TemplateError(
    { ...diagnostic, span: diagnostic.span ?? span, related: related.length > 0 ? related : undefined },
    { isPlaced: true },
  );
}
