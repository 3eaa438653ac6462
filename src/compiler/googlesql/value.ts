import type { SourceColumn } from "../../domain/column.ts";
import type { Code } from "./code.ts";
import type { Place } from "./place.ts";
import type { DataType } from "./type/data-type.ts";

/** A column that a relation in scope has. `owner` is the scope whose FROM brought it in. */
export interface ScopeColumn {
  readonly name: string;
  readonly type: DataType;
  readonly code: Code;
  readonly sources: readonly SourceColumn[];
  readonly owner: object;
}

/** That an expression reads a column. It is settled once an aggregate function or a grouping key stands around it. */
export interface ColumnUse {
  readonly column: ScopeColumn;
  readonly place: Place;
  readonly isSettled: boolean;
}

/** What is known of a value at compile time, as far as GoogleSQL's rules for literals need it. */
export type Constant =
  | { readonly kind: "null" }
  /** ERROR(…), which has no value and fits every type. */
  | { readonly kind: "error" }
  | { readonly kind: "string" | "integer" | "float" | "decimal"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "empty array" };

/** An expression in DuckDB's SQL with what GoogleSQL knows about it. */
export interface Value {
  readonly code: Code;
  /** Whether the code is an operator's, which needs brackets where another operator's operand is wanted. */
  readonly isCompound: boolean;
  readonly type: DataType;
  readonly place: Place;
  /** The name that a column of this value has if the author gives none. */
  readonly name: string | undefined;
  readonly constant: Constant | undefined;
  /** The values that an array or struct was built from, in order, so that each can be converted by itself. */
  readonly parts: readonly Value[] | undefined;
  readonly uses: readonly ColumnUse[];
  readonly hasAggregate: boolean;
  readonly hasWindow: boolean;
  /** Whether a subquery stands in it. */
  readonly hasQuery: boolean;
  /** Whether evaluating it twice may give two answers. */
  readonly isVolatile: boolean;
  /** `false` only if it is certain that the value is never NULL. */
  readonly isNullable: boolean;
}

/** What a new value says of itself; the rest follows from the values that it is made of. */
export interface ValueDetails {
  readonly code: Code;
  readonly type: DataType;
  readonly place: Place;
  readonly isCompound?: boolean;
  readonly name?: string | undefined;
  readonly constant?: Constant | undefined;
  readonly parts?: readonly Value[] | undefined;
  readonly isVolatile?: boolean;
  readonly isNullable?: boolean;
}

/** A value made of other values. */
export function makeValue(details: ValueDetails, operands: readonly Value[] = []): Value {
  return {
    code: details.code,
    isCompound: details.isCompound ?? false,
    type: details.type,
    place: details.place,
    name: details.name,
    constant: details.constant,
    parts: details.parts,
    uses: joinUses(operands),
    hasAggregate: operands.some((operand) => operand.hasAggregate),
    hasWindow: operands.some((operand) => operand.hasWindow),
    hasQuery: operands.some((operand) => operand.hasQuery),
    isVolatile: details.isVolatile === true || operands.some((operand) => operand.isVolatile),
    isNullable: details.isNullable ?? true,
  };
}

function joinUses(operands: readonly Value[]): readonly ColumnUse[] {
  const [first, ...others] = operands;
  if (first === undefined) return [];
  if (others.every((other) => other.uses.length === 0)) return first.uses;
  return operands.flatMap((operand) => operand.uses);
}

/** The value's code where an operator's operand is wanted: in brackets if it is an operator's itself. */
export function operandCode(value: Value): Code {
  return value.isCompound ? ["(", value.code, ")"] : value.code;
}

/** The same value, with the uses of this scope's columns settled. */
export function settle(value: Value, owner: object): Value {
  if (!value.uses.some((use) => !use.isSettled && use.column.owner === owner)) return value;
  const uses = value.uses.map((use) => (use.column.owner === owner ? { ...use, isSettled: true } : use));
  return { ...value, uses };
}
