import type { Place } from "./place.ts";

/** One thing that stands in the way of a translation, with its place in the text. It becomes a `Diagnostic` at the boundary. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly place: Place;
  readonly hint?: string | undefined;
}

/**
 * Ends the translation of the part at hand. It never leaves this folder: `translateQuery` turns it into diagnostics. One
 * without a problem follows from another one that has been noted.
 */
export class Refusal extends Error {
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined) {
    super(problem?.message ?? "This follows from another problem.");
    this.name = "Refusal";
    this.problem = problem;
  }
}

/** Raises a refusal of what cannot be judged because something that it rests on was refused before. */
export function refuseSilently(): never {
  throw new Refusal(undefined);
}

/** Raises a refusal. */
export function refuse(code: string, message: string, place: Place, hint?: string): never {
  throw new Refusal({ code, message, place, hint });
}

/** Raises a refusal of something that GoogleSQL has and this translator does not: `what` is a noun phrase, `instead` the remedy. */
export function refuseUnsupported(what: string, place: Place, instead?: string): never {
  refuse("unsupported", `${what} is not supported on DuckDB.`, place, instead);
}
