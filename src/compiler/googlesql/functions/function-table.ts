import type { Context } from "../emit/context.ts";
import { parseSignature, type Signature } from "../signature/signature.ts";
import type { Call } from "../syntax.ts";
import type { Value } from "../value.ts";

/** The clauses that may stand in the brackets of a function, and OVER behind them. */
export type Modifier = "distinct" | "order by" | "limit" | "ignore nulls" | "respect nulls" | "having" | "over";

/** A function whose SQL follows from the types of its arguments. */
export interface TableEntry {
  readonly kind: "scalar" | "aggregate" | "window";
  readonly modifiers: ReadonlySet<Modifier>;
  readonly lines: readonly string[];
  /** Whether each call may give something else. */
  readonly isVolatile: boolean;
}

/**
 * What a function is. A `scalar` takes no modifiers; an `aggregate` may be taken over a window unless `modifiers` lack
 * it; a `window` function must be. `translate` replaces the table's lines where types alone do not decide about the SQL.
 */
export type FunctionEntry =
  | TableEntry
  | {
      readonly kind: "special";
      readonly isAggregate: boolean;
      readonly modifiers: ReadonlySet<Modifier>;
      readonly translate: (call: Call, context: Context) => Value;
    };

/** Functions by their upper-case names. */
export type FunctionTable = Readonly<Record<string, FunctionEntry>>;

const none: ReadonlySet<Modifier> = new Set();

/** A scalar function with its signatures (see `parseSignature`). */
export function scalarFunction(...lines: readonly string[]): TableEntry {
  return { kind: "scalar", modifiers: none, lines, isVolatile: false };
}

/** A scalar function that gives something new each time. */
export function volatileFunction(...lines: readonly string[]): TableEntry {
  return { kind: "scalar", modifiers: none, lines, isVolatile: true };
}

/** An aggregate function with the modifiers that it takes besides OVER. */
export function aggregateFunction(modifiers: readonly Modifier[], ...lines: readonly string[]): TableEntry {
  return { kind: "aggregate", modifiers: new Set<Modifier>(["over", ...modifiers]), lines, isVolatile: false };
}

/** A function that must be taken over a window. */
export function windowFunction(modifiers: readonly Modifier[], ...lines: readonly string[]): TableEntry {
  return { kind: "window", modifiers: new Set<Modifier>(["over", ...modifiers]), lines, isVolatile: false };
}

/** A function that is translated by code of its own. */
export function specialFunction(
  translate: (call: Call, context: Context) => Value,
  modifiers: readonly Modifier[] = [],
): FunctionEntry {
  return { kind: "special", isAggregate: false, modifiers: new Set(modifiers), translate };
}

/** An aggregate function that is translated by code of its own. */
export function specialAggregate(
  translate: (call: Call, context: Context) => Value,
  modifiers: readonly Modifier[] = [],
): FunctionEntry {
  return { kind: "special", isAggregate: true, modifiers: new Set(modifiers), translate };
}

const parsed = new Map<readonly string[], readonly Signature[]>();

/** The signatures of a table's lines, read once. */
export function signaturesOf(lines: readonly string[]): readonly Signature[] {
  const known = parsed.get(lines) ?? lines.map(parseSignature);
  parsed.set(lines, known);
  return known;
}
