/** A value as a native function takes and gives it: text, whole number, DECIMAL(38,9) times 10⁹, bytes, list. */
export type PlainValue = string | bigint | number | boolean | Uint8Array | null | readonly PlainValue[];

/** The DuckDB types of native functions. */
export type PlainType =
  "VARCHAR" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "BLOB" | "DECIMAL(38,9)" | "VARCHAR[]" | "BIGINT[]";

/** An SQL macro: `parameters` as between its brackets, `body` as behind AS. */
export interface Macro {
  readonly kind: "macro";
  readonly parameters: string;
  readonly body: string;
}

/**
 * A scalar function in TypeScript, for what DuckDB's SQL cannot say. It is pure, is not called for a NULL argument, and
 * throws what GoogleSQL calls an error.
 */
export interface NativeFunction {
  readonly kind: "native";
  readonly parameters: readonly PlainType[];
  readonly returns: PlainType;
  readonly call: (...args: readonly PlainValue[]) => PlainValue;
}

/** What the translator's SQL calls and DuckDB does not have, by name. */
export type PreludeTable = Readonly<Record<string, Macro | NativeFunction>>;

/** A macro. */
export function macro(parameters: string, body: string): Macro {
  return { kind: "macro", parameters, body };
}

interface PlainTypes {
  VARCHAR: string;
  BIGINT: bigint;
  DOUBLE: number;
  BOOLEAN: boolean;
  BLOB: Uint8Array;
  "DECIMAL(38,9)": bigint;
  "VARCHAR[]": readonly (string | null)[];
  "BIGINT[]": readonly (bigint | null)[];
}

/** A native function with the TypeScript types that its DuckDB types have. */
export function native<const P extends readonly PlainType[], R extends PlainType>(
  parameters: P,
  returns: R,
  call: (...args: { [I in keyof P]: PlainTypes[P[I]] }) => PlainTypes[R] | null,
): NativeFunction {
  return { kind: "native", parameters, returns, call: call as NativeFunction["call"] };
}
