import { didYouMean } from "../nearest-name.ts";
import type { CallArguments } from "./call.ts";
import { raise } from "./template-error.ts";
import type { Value } from "./values/value.ts";

/** A call as far as binding needs it. */
export interface NamedCall extends CallArguments {
  readonly name: string;
}

/**
 * The arguments in the order of the parameters; one whose name ends in `?` may be missing and is then JS `undefined`.
 * An unknown name, a missing or a superfluous argument is the author's mistake.
 */
export function bindPositions(call: NamedCall, parameters: readonly string[]): readonly (Value | undefined)[] {
  const names = parameters.map((parameter) => parameter.replace("?", ""));
  if (call.positional.length > names.length)
    raise(
      "too-many-arguments",
      names.length === 0
        ? `"${call.name}" takes no arguments, found ${call.positional.length}.`
        : `"${call.name}" takes ${names.length === 1 ? "1 argument" : `${names.length} arguments`} at most, found ${call.positional.length}.`,
    );
  for (const name of call.named.keys()) checkName(call, name, names);
  return parameters.map((parameter, index) => {
    const name = names[index] ?? "";
    const value = index < call.positional.length ? call.positional[index] : call.named.get(name);
    if (value === undefined && name === parameter)
      raise("missing-argument", `"${call.name}" needs the argument "${name}".`);
    return value;
  });
}

function checkName(call: NamedCall, name: string, names: readonly string[]): void {
  const index = names.indexOf(name);
  if (index === -1)
    raise("unknown-argument", `"${call.name}" takes no argument "${name}".`, { hint: didYouMean(name, names) });
  if (index < call.positional.length)
    raise("duplicate-argument", `"${call.name}" was given the argument "${name}" twice.`);
}

/**
 * The arguments of a context function by name: every required one is there, an optional one may be JS `undefined`.
 * Anything else is the author's mistake.
 */
export function bindArguments<Required extends string = never, Optional extends string = never>(
  call: NamedCall,
  parameters: { readonly required?: readonly Required[]; readonly optional?: readonly Optional[] },
): Readonly<Record<Required, Value>> & Readonly<Partial<Record<Optional, Value>>> {
  const { required = [], optional = [] } = parameters;
  const names = [...required, ...optional.map((name) => `${name}?`)];
  const values = bindPositions(call, names);
  const bound = Object.fromEntries(names.map((name, index) => [name.replace("?", ""), values[index]]));
  return bound as Readonly<Record<Required, Value>> & Readonly<Partial<Record<Optional, Value>>>;
}
