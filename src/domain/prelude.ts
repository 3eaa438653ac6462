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
 * throws where the query is to fail.
 */
export interface NativeFunction {
  readonly kind: "native";
  readonly parameters: readonly PlainType[];
  readonly returns: PlainType;
  readonly call: (...args: readonly PlainValue[]) => PlainValue;
}

/** What translated SQL may call beside DuckDB's own functions, by name. */
export type Prelude = ReadonlyMap<string, Macro | NativeFunction>;
