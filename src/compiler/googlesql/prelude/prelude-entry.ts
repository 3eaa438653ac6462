import type { Macro, NativeFunction, PlainType } from "../../../domain/prelude.ts";

/** A part of the prelude, by name. */
export type PreludeTable = Readonly<Record<string, Macro | NativeFunction>>;

/** A macro. */
export function macro(parameters: string, body: string): Macro {
  return { kind: "macro", parameters, body };
}

/**
 * A macro that computes its arguments once: its body reads them as `r.name`. A plain macro repeats an argument as often as
 * it names it, and calls within calls multiply that. The body also is a lambda's, which cannot see a query's columns.
 */
export function macroOnce(parameters: string, body: string): Macro {
  const names = parameters.split(", ");
  // In FROM, DuckDB takes the name of a field in a macro for a text, so the fields go by number.
  const numbered = body.replaceAll(/\br\.(?<name>\w+)/gu, (_, name: string) => `r[${names.indexOf(name) + 1}]`);
  return macro(parameters, `list_transform([row(${parameters})], lambda r: ${numbered})[1]`);
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

/**
 * A native function with the TypeScript types that its DuckDB types have. Whoever installs it reads the arguments by
 * those same types, which the compiler cannot see: hence the conversion.
 */
export function native<const P extends readonly PlainType[], R extends PlainType>(
  parameters: P,
  returns: R,
  call: (...args: { [I in keyof P]: PlainTypes[P[I]] }) => PlainTypes[R] | null,
): NativeFunction {
  return { kind: "native", parameters, returns, call: call as NativeFunction["call"] };
}
