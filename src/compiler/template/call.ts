import type { Span } from "../../domain/source-file.ts";
import type { Evaluation } from "./evaluate/evaluation.ts";
import type { CallableValue, Value } from "./values/value.ts";

/** The arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** One call of a function from a template. `via` are the macro calls that led to it, innermost first. */
export interface Call extends CallArguments {
  readonly name: string;
  readonly span: Span;
  readonly via: readonly Span[];
  readonly evaluation: Evaluation;
}

/** No arguments at all. */
export const noArguments: CallArguments = { positional: [], named: new Map() };

/** A function for templates, written in TypeScript. */
export function callable(name: string, call: (call: Call) => Value): CallableValue {
  return { kind: "callable", name, label: `<function ${name}>`, call };
}
