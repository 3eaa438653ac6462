import type { Environment } from "../evaluate/evaluation.ts";
import type { Value } from "../values/value.ts";

/** The environment with some names of its own before all others. */
export function withNames(environment: Environment, values: Readonly<Record<string, Value>>): Environment {
  return {
    ...environment,
    find: (name) => (Object.hasOwn(values, name) ? values[name] : environment.find(name)),
    names: () => [...Object.keys(values), ...environment.names()],
  };
}
