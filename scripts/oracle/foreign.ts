/** Reads what comes from a package that is not part of this one, and of whose types the compiler knows nothing. */
export function member(value: unknown, name: string): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    throw new Error(`The reference implementation has no "${name}" where it was expected.`);
  return Reflect.get(value, name) as unknown;
}

/** Calls a function of such a package. */
export function invoke(value: unknown, name: string, ...args: readonly unknown[]): unknown {
  const method = member(value, name);
  if (typeof method !== "function") throw new Error(`"${name}" of the reference implementation is no function.`);
  return Reflect.apply(method, value, args) as unknown;
}

/** Makes an object of a class of such a package. */
export function construct(value: unknown, ...args: readonly unknown[]): unknown {
  if (typeof value !== "function") throw new Error("A class of the reference implementation is missing.");
  return Reflect.construct(value, args) as unknown;
}

/** A list, empty if there is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, empty if there is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? String(value) : "";
}
