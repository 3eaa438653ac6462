import type { Span } from "../../../domain/source-file.ts";
import type { Sql } from "../../../domain/sql.ts";
import type { Call } from "../call.ts";
import type { Routine } from "../syntax.ts";

/** Python's float. A bare JS number is always a whole number, so that `1` and `1.0` stay two things. */
export interface FloatValue {
  readonly kind: "float";
  readonly value: number;
}

/** Text that remembers where it was written: what a macro or a block gives. It behaves as a string everywhere. */
export interface TextValue {
  readonly kind: "text";
  readonly sql: Sql;
}

/** Why a value is missing, told when something is done with it that a missing value cannot do. */
export type Missing =
  | { readonly what: "name"; readonly name: string; readonly span: Span; readonly known: () => Iterable<string> }
  | {
      readonly what: "attribute";
      readonly owner: string;
      readonly name: string;
      readonly known: () => Iterable<string>;
    }
  | { readonly what: "item"; readonly owner: string; readonly key: string }
  | { readonly what: "argument"; readonly routine: string; readonly name: string }
  | { readonly what: "nothing"; readonly why: string }
  /** What the warehouse will say: parts of it, and what it gives when it is called, are as unknown. */
  | { readonly what: "unknown" };

/** Jinja's undefined: false, empty, printed as nothing, and an error once anything else is done with it. */
export interface UndefinedValue {
  readonly kind: "undefined";
  readonly missing: Missing;
}

/** Python's list; its items change in place. */
export interface ListValue {
  readonly kind: "list";
  readonly items: Value[];
}

/** Python's tuple; `names` makes its places attributes too, as in a named tuple. */
export interface TupleValue {
  readonly kind: "tuple";
  readonly items: readonly Value[];
  readonly names?: readonly string[] | undefined;
}

/** What two equal keys of a dictionary have in common; see `hashKey`. */
export type HashKey = string | number | bigint | boolean | null | object;

/** Python's dict, in the order of insertion. */
export interface DictValue {
  readonly kind: "dict";
  readonly entries: Map<HashKey, { readonly key: Value; readonly value: Value }>;
}

/** What `d.keys()`, `d.values()` and `d.items()` give: a window on the dictionary, which follows its changes. */
export interface ViewValue {
  readonly kind: "view";
  readonly part: "keys" | "values" | "items";
  readonly of: DictValue;
}

/** Python's range. */
export interface RangeValue {
  readonly kind: "range";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** A generator, such as `map` gives: always true, has no length, and is used up by being read. */
export interface IteratorValue {
  readonly kind: "iterator";
  readonly label: string;
  readonly items: readonly Value[];
  next: number;
}

/** What `namespace()` gives: the one thing whose attributes `set` can change from within a loop. */
export interface NamespaceValue {
  readonly kind: "namespace";
  readonly attributes: Map<string, Value>;
}

/** A function, method or macro. `label` is what it prints as. */
export interface CallableValue {
  readonly kind: "callable";
  readonly name: string;
  readonly label: string;
  readonly call: (call: Call) => Value;
  /** What a macro was written as; JS `undefined` for a function of TypeScript. */
  readonly routine?: Routine | undefined;
}

/**
 * A value of the surrounding program: a relation, `target`, `config`. Only `typeName` (with its article, for messages)
 * and `print` are needed; whatever else it leaves out, it cannot do.
 */
export interface HostObject {
  readonly kind: "object";
  readonly typeName: string;
  readonly print: () => string;
  /** How it looks within a printed list; as printed by itself, unless given. */
  readonly repr?: (() => string) | undefined;
  readonly attribute?: ((name: string) => Value | undefined) | undefined;
  /** The names that `attribute` knows, for hints. */
  readonly attributeNames?: (() => Iterable<string>) | undefined;
  readonly item?: ((key: Value) => Value | undefined) | undefined;
  readonly call?: ((call: Call) => Value) | undefined;
  readonly iterate?: (() => Iterable<Value>) | undefined;
  readonly length?: (() => number) | undefined;
  readonly contains?: ((value: Value) => boolean) | undefined;
  readonly isTrue?: (() => boolean) | undefined;
  readonly equals?: ((other: Value) => boolean) | undefined;
  /** Negative, zero or positive; JS `undefined` where there is no order between the two. */
  readonly compare?: ((other: Value) => number | undefined) | undefined;
  /** `this + other` or `this - other`, and the other way round where `isRight`; JS `undefined` where that means nothing. */
  readonly operate?: ((operation: Operation) => Value | undefined) | undefined;
  /** Whether `is mapping` holds of it. */
  readonly isMapping?: true | undefined;
  /** What it has in common with equal keys of a dictionary; without, it equals itself alone. */
  readonly hashKey?: (() => HashKey) | undefined;
}

/** An operator with a host object on one of its sides. */
export interface Operation {
  readonly operator: "+" | "-" | "*" | "/";
  readonly other: Value;
  /** Whether the object stands to the right of the operator. */
  readonly isRight: boolean;
}

/** Every value a template can have. A number is a safe integer, a bigint an integer beyond, `null` is `None`. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | FloatValue
  | TextValue
  | UndefinedValue
  | ListValue
  | TupleValue
  | DictValue
  | ViewValue
  | RangeValue
  | IteratorValue
  | NamespaceValue
  | CallableValue
  | HostObject;

/** A float. */
export function float(value: number): FloatValue {
  return { kind: "float", value };
}

/** A list of its own, sharing nothing with the given items. */
export function list(items: Iterable<Value>): ListValue {
  return { kind: "list", items: [...items] };
}

/** A tuple. */
export function tuple(items: readonly Value[]): TupleValue {
  return { kind: "tuple", items };
}

/** A missing value. */
export function missing(reason: Missing): UndefinedValue {
  return { kind: "undefined", missing: reason };
}

/** A missing value that is nobody's mistake as long as it is only printed: an inline `if` without `else`. */
export function nothing(why: string): UndefinedValue {
  return { kind: "undefined", missing: { what: "nothing", why } };
}

/** A generator over items that are known already. */
export function iterator(label: string, items: readonly Value[]): IteratorValue {
  return { kind: "iterator", label, items, next: 0 };
}

/** Text with origins as a value. */
export function text(sql: Sql): TextValue {
  return { kind: "text", sql };
}

/** Whether a value is absent in Jinja's sense. */
export function isUndefined(value: Value): value is UndefinedValue {
  return typeof value === "object" && value !== null && value.kind === "undefined";
}

/** The value if there is one, else what `otherwise` gives. `??` will not do: it takes `None` for no value. */
export function orElse(value: Value | undefined, otherwise: () => Value): Value {
  return value === undefined ? otherwise() : value;
}

/** The characters of a text value, with or without origins; `undefined` for everything that is not text. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null && value.kind === "text" ? value.sql.text : undefined;
}
