import type { Column } from "../../../domain/column.ts";
import type { Code } from "../code.ts";
import type { Place } from "../place.ts";
import { type Problem, Refusal } from "../refusal.ts";
import type { Scope } from "../scope/scope.ts";
import type { Expression, Query, WindowSyntax } from "../syntax.ts";
import type { DataType } from "../type/data-type.ts";
import type { Value } from "../value.ts";
import type { QueryResult } from "./query-result.ts";

/** A table that a query may read: DuckDB's name for it, part by part, and its columns with GoogleSQL's types. */
export interface CatalogTable {
  readonly relation: readonly string[];
  readonly columns: readonly Column[];
}

/** What is known of the world outside a query. */
export interface Catalog {
  /** The table under a name as written, one to three parts. */
  readonly find: (path: readonly string[]) => CatalogTable | undefined;
  /** Every name that `find` knows, with dots, for "did you mean" and for wildcards. */
  readonly names: () => Iterable<string>;
}

/** A function that a script has defined: an expression over its parameters. */
export interface UserFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: DataType | undefined }[];
  readonly returns: DataType | undefined;
  readonly body: Expression;
}

/** One translation: what it works with and what it finds. */
export interface Translation {
  readonly catalog: Catalog;
  readonly parameters: ReadonlyMap<string, DataType>;
  readonly problems: Problem[];
  /** Functions that the script defined, by upper-case name. */
  readonly functions: Map<string, UserFunction>;
  readonly translateExpression: (expression: Expression, context: Context) => Value;
  readonly translateQuery: (query: Query, context: Context) => QueryResult;
}

/** Where an expression stands. */
export interface Context {
  readonly translation: Translation;
  readonly scope: Scope;
  /** The clause as the author knows it, for messages. */
  readonly clause: string;
  readonly allows: { readonly aggregates: boolean; readonly windows: boolean };
  /** The windows that WINDOW names, by lower-case name. */
  readonly windows: ReadonlyMap<string, WindowSyntax>;
  /** A condition for the rows that aggregate functions take, where PIVOT wants it. */
  readonly filter: Code | undefined;
}

/** Runs a part of the translation. If it is refused, the problem is noted, the result is `undefined` and the rest goes on. */
export function attempt<T>(translation: Translation, part: () => T): T | undefined {
  try {
    return part();
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    const { problem } = failure;
    if (problem !== undefined) translation.problems.push(problem);
    return undefined;
  }
}

/** The place of something, without what else its object holds. */
export function placeIn(part: Place): Place {
  return { start: part.start, end: part.end };
}
