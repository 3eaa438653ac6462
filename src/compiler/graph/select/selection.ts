import type { Span } from "../../../domain/source-file.ts";
import type { SelectionMethod, SelectionQuery } from "./selection-method.ts";

/**
 * Which relatives a criterion takes along: ancestors and descendants, each so many edges far (0 is none, `Infinity` all
 * of them), or with `@` all descendants and all ancestors of those.
 */
export type Reach =
  | { readonly kind: "relatives"; readonly ancestors: number; readonly descendants: number }
  | { readonly kind: "descendants and their ancestors" };

/** One `[@][N+][method[.key]:]value[+[N]]`; `span` covers all of it. */
export interface Criterion {
  readonly span: Span;
  readonly method: SelectionMethod;
  readonly query: SelectionQuery;
  readonly reach: Reach;
}

/** Criteria joined by commas: a resource has to meet them all. Without any (a blank argument) nothing does. */
export interface Intersection {
  readonly span: Span;
  readonly criteria: readonly Criterion[];
}

/** What `--select` or `--exclude` says: a resource that meets one of these is meant. */
export type Selection = readonly Intersection[];
