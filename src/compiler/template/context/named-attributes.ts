import type { Value } from "../values/value.ts";

/** The attributes of a host object. */
export interface NamedAttributes {
  readonly attribute: (name: string) => Value | undefined;
  readonly attributeNames: () => Iterable<string>;
}

/** Exactly these attributes: what every JavaScript object inherits is none of them. */
export function namedAttributes(values: Readonly<Record<string, Value>>): NamedAttributes {
  return {
    attribute: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    attributeNames: () => Object.keys(values),
  };
}
