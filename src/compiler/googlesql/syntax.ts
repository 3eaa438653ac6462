import type { Place } from "./place.ts";
import type { TypeSyntax } from "./read/parse-type.ts";
import type { DataType } from "./type/data-type.ts";

/** A name that the author wrote, without backticks. */
export interface Name extends Place {
  readonly text: string;
}

/** The types that a literal can have by itself. */
export type LiteralType =
  | "STRING"
  | "BYTES"
  | "INT64"
  | "FLOAT64"
  | "NUMERIC"
  | "BIGNUMERIC"
  | "DATE"
  | "DATETIME"
  | "TIMESTAMP"
  | "TIME"
  | "JSON";

/** A literal: its text is decoded; BYTES come as hexadecimal digits. */
export interface Literal extends Place {
  readonly kind: "literal";
  readonly type: LiteralType;
  readonly text: string;
}

/** `WEEK(MONDAY)` is `{unit: "WEEK", weekday: "MONDAY"}`. Both in upper case. */
export interface PartSyntax extends Place {
  readonly unit: string;
  readonly weekday: string | undefined;
}

/** Operators of two operands whose meaning depends on nothing but their types. */
export type BinaryOperator =
  "+" | "-" | "*" | "/" | "||" | "&" | "|" | "^" | "<<" | ">>" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "and" | "or";

/** An item of an ORDER BY clause. `nulls` is absent where the author leaves it to the default. */
export interface OrderItem extends Place {
  readonly value: Expression;
  readonly isDescending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

/** A bound of a window frame. */
export type FrameBound =
  | { readonly kind: "unbounded preceding" | "unbounded following" | "current row" }
  | { readonly kind: "preceding" | "following"; readonly value: Expression };

/** The frame of a window. */
export interface Frame {
  readonly unit: "rows" | "range";
  readonly start: FrameBound;
  readonly end: FrameBound | undefined;
}

/** What stands after OVER or in the WINDOW clause: it may build upon a window of that name. */
export interface WindowSyntax extends Place {
  readonly base: Name | undefined;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: Frame | undefined;
}

/** An argument of a call, with its name in `f(name => value)`. */
export interface Argument {
  readonly name: Name | undefined;
  readonly value: Expression;
}

/** A call. `name` is in upper case, with dots (`NET.HOST`), without `SAFE.`. */
export interface Call extends Place {
  readonly kind: "call";
  readonly name: string;
  readonly namePlace: Place;
  readonly isSafe: boolean;
  readonly hasStar: boolean;
  readonly arguments: readonly Argument[];
  readonly isDistinct: boolean;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly having: { readonly which: "max" | "min"; readonly value: Expression } | undefined;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Expression | undefined;
  readonly over: WindowSyntax | undefined;
}

/** An expression, as the author wrote it: names are not resolved, nothing has a type. */
export type Expression =
  | Literal
  | ({ readonly kind: "null" } & Place)
  | ({ readonly kind: "boolean"; readonly value: boolean } & Place)
  | ({ readonly kind: "parameter"; readonly name: string } & Place)
  | ({ readonly kind: "path"; readonly names: readonly Name[] } & Place)
  | ({ readonly kind: "field"; readonly base: Expression; readonly name: Name } & Place)
  | ({ readonly kind: "subscript"; readonly base: Expression; readonly index: Expression } & Place)
  | Call
  | ({
      readonly kind: "cast";
      readonly operand: Expression;
      readonly type: TypeSyntax;
      readonly isSafe: boolean;
      readonly format: Expression | undefined;
      readonly zone: Expression | undefined;
    } & Place)
  | ({
      readonly kind: "extract";
      readonly part: PartSyntax;
      readonly operand: Expression;
      readonly zone: Expression | undefined;
    } & Place)
  | ({
      readonly kind: "interval";
      readonly value: Expression;
      readonly from: string;
      readonly to: string | undefined;
    } & Place)
  | ({
      readonly kind: "struct";
      readonly type: DataType | undefined;
      /** Whether it is written `(a, b)`, where no field gets a name. */
      readonly isTuple: boolean;
      readonly fields: readonly { readonly name: Name | undefined; readonly value: Expression }[];
    } & Place)
  | ({
      readonly kind: "array";
      readonly type: DataType | undefined;
      readonly elements: readonly Expression[];
    } & Place)
  | ({ readonly kind: "scalar subquery" | "array subquery" | "exists"; readonly query: Query } & Place)
  | ({ readonly kind: "unary"; readonly operator: "-" | "~" | "not"; readonly operand: Expression } & Place)
  | ({
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    } & Place)
  | ({
      readonly kind: "between";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly isNegated: boolean;
    } & Place)
  | ({
      readonly kind: "in";
      readonly operand: Expression;
      readonly set: InSet;
      readonly isNegated: boolean;
    } & Place)
  /** `isNegated` only with a quantifier: NOT LIKE ANY is true if one of the patterns does not match. */
  | ({
      readonly kind: "like";
      readonly operand: Expression;
      readonly quantifier: "any" | "all" | undefined;
      readonly patterns: readonly Expression[];
      readonly isNegated: boolean;
    } & Place)
  | ({
      readonly kind: "is";
      readonly operand: Expression;
      readonly what: "null" | "true" | "false";
      readonly isNegated: boolean;
    } & Place)
  | ({
      readonly kind: "is distinct from";
      readonly left: Expression;
      readonly right: Expression;
      readonly isNegated: boolean;
    } & Place)
  | ({
      readonly kind: "case";
      readonly operand: Expression | undefined;
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | undefined;
    } & Place)
  | ({ readonly kind: "lambda"; readonly parameters: readonly Name[]; readonly body: Expression } & Place);

/** What IN looks into. */
export type InSet =
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "query"; readonly query: Query }
  | { readonly kind: "unnest"; readonly array: Expression };

/** A common table expression. */
export interface WithItem {
  readonly name: Name;
  readonly query: Query;
}

/** A query: a body, what may stand before it (WITH) and after it (ORDER BY, LIMIT, OFFSET). */
export interface Query extends Place {
  readonly with: readonly WithItem[];
  readonly isRecursive: boolean;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
}

/** What yields rows: a SELECT, a set operation, or a query in parentheses. */
export type QueryBody = Select | SetOperation | { readonly kind: "query"; readonly query: Query };

/**
 * How the parts of a set operation find each other's columns. By name, `same` demands the same names everywhere, `common`
 * keeps those that all parts have, `left` those of the first part, `all` every one; `listed` are those asked for.
 */
export type ColumnMatching =
  | { readonly by: "position" }
  | { readonly by: "name"; readonly keeps: "same" | "common" | "left" | "all"; readonly listed: readonly Name[] };

/** A set operation of two queries; longer chains nest to the left. */
export interface SetOperation extends Place {
  readonly kind: "set operation";
  readonly operator: "union" | "intersect" | "except";
  readonly isAll: boolean;
  readonly matching: ColumnMatching;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

/** An item of the select list. `base` of a star is what stands before `.*`. */
export type SelectItem =
  | { readonly kind: "expression"; readonly value: Expression; readonly alias: Name | undefined }
  | ({
      readonly kind: "star";
      readonly base: Expression | undefined;
      readonly except: readonly Name[];
      readonly replace: readonly { readonly name: Name; readonly value: Expression }[];
    } & Place);

/** An item of GROUP BY. */
export type GroupItem =
  | { readonly kind: "expression"; readonly value: Expression }
  | ({ readonly kind: "rollup" | "cube" | "grouping sets" | "set"; readonly items: readonly GroupItem[] } & Place);

/** One SELECT. */
export interface Select extends Place {
  readonly kind: "select";
  readonly isDistinct: boolean;
  readonly as: "struct" | "value" | undefined;
  readonly items: readonly SelectItem[];
  readonly from: FromItem | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly GroupItem[] | "all" | undefined;
  readonly having: Expression | undefined;
  readonly qualify: Expression | undefined;
  readonly windows: readonly { readonly name: Name; readonly window: WindowSyntax }[];
}

/** What FROM reads. */
export type FromItem =
  | ({ readonly kind: "table"; readonly path: readonly Name[]; readonly alias: Name | undefined } & Place)
  | ({
      readonly kind: "unnest";
      readonly array: Expression;
      readonly alias: Name | undefined;
      readonly offset: Name | undefined;
    } & Place)
  | ({ readonly kind: "subquery"; readonly query: Query; readonly alias: Name | undefined } & Place)
  | ({
      readonly kind: "join";
      readonly type: "inner" | "left" | "right" | "full" | "cross";
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on: Expression | undefined;
      readonly using: readonly Name[];
    } & Place)
  | ({
      readonly kind: "pivot";
      readonly input: FromItem;
      readonly aggregates: readonly { readonly value: Expression; readonly alias: Name | undefined }[];
      readonly by: Expression;
      readonly values: readonly { readonly value: Expression; readonly alias: Name | undefined }[];
      readonly alias: Name | undefined;
    } & Place)
  | ({
      readonly kind: "unpivot";
      readonly input: FromItem;
      readonly includesNulls: boolean;
      readonly values: readonly Name[];
      readonly label: Name;
      readonly columns: readonly { readonly names: readonly Name[]; readonly label: Expression | undefined }[];
      readonly alias: Name | undefined;
    } & Place);
