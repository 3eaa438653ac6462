/** A part of an answer, of which nothing is known before it is looked at. */
export function part(value: unknown, ...names: readonly string[]): unknown {
  let current = value;
  for (const name of names) {
    if (typeof current !== "object" || current === null) return undefined;
    current = Reflect.get(current, name) as unknown;
  }
  return current;
}

/** A part that is a text, or a number as text; `undefined` where there is none. */
export function textPart(value: unknown, ...names: readonly string[]): string | undefined {
  const found = part(value, ...names);
  return typeof found === "string" ? found : typeof found === "number" ? String(found) : undefined;
}

/** A part that is a list; empty where there is none. */
export function listPart(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const found = part(value, ...names);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** A part that is a number, or the text of one, as BigQuery writes INT64; `undefined` where there is none. */
export function numberPart(value: unknown, ...names: readonly string[]): number | undefined {
  const text = textPart(value, ...names);
  return text === undefined || !/^-?\d+$/u.test(text) ? undefined : Number(text);
}
