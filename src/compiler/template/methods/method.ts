import { bindPositions } from "../bind-arguments.ts";
import type { Call } from "../call.ts";
import { raise } from "../template-error.ts";
import { describeType } from "../values/describe-type.ts";
import { raiseMissing } from "../values/missing-error.ts";
import { integerOf } from "../values/numeric.ts";
import { type CallableValue, isUndefined, textOf, type Value } from "../values/value.ts";

/** The arguments of a method by position; one that was left out is JS `undefined`. */
export type MethodArguments = readonly (Value | undefined)[];

/** A method of a type of value: its parameters (`name?` may be left out) and what it does. */
export interface Method<Self> {
  readonly parameters: readonly string[] | "any";
  readonly run: (self: Self, args: MethodArguments, call: Call) => Value;
}

/** The methods of a type of value, by name. */
export type MethodTable<Self> = ReadonlyMap<string, Method<Self>>;

/** A method with these parameters. */
export function method<Self>(parameters: readonly string[] | "any", run: Method<Self>["run"]): Method<Self> {
  return { parameters, run };
}

/** The method of a value as something to call, or JS `undefined` where the table has none of that name. */
export function boundMethod<Self>(table: MethodTable<Self>, name: string, self: Self): CallableValue | undefined {
  const found = table.get(name);
  if (found === undefined) return undefined;
  return {
    kind: "callable",
    name,
    label: `<built-in method ${name}>`,
    call: (call) => {
      const { parameters } = found;
      return found.run(self, parameters === "any" ? call.positional : bindPositions(call, parameters), call);
    },
  };
}

/** An argument that must be text. */
export function textArgument(value: Value | undefined, call: { readonly name: string }): string {
  const found = value === undefined ? undefined : textOf(value);
  return found ?? raiseArgument(value, "text", call);
}

/** An argument that must be a whole number small enough to count with. */
export function integerArgument(value: Value | undefined, call: { readonly name: string }): number {
  const found = value === undefined ? undefined : integerOf(value);
  return typeof found === "number" ? found : raiseArgument(value, "a whole number", call);
}

/** Stops with the mistake of an argument of the wrong type. */
export function raiseArgument(value: Value | undefined, wanted: string, call: { readonly name: string }): never {
  if (value !== undefined && isUndefined(value)) raiseMissing(value);
  return raise(
    "argument-type",
    `"${call.name}" expects ${wanted}, found ${value === undefined ? "nothing" : describeType(value)}.`,
  );
}
