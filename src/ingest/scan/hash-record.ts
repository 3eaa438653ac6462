import { createHash } from "node:crypto";

/** A column's name and value. */
export type NamedValue = readonly [name: string, value: Buffer];

/** An id in the form of a uuid that depends on names and values alone: a record that is pulled again is the same event. */
export function hashRecord(values: Iterable<NamedValue>): string {
  const hash = createHash("sha256");
  for (const [name, value] of values) hash.update(`${name.length} ${name} ${value.length} `).update(value);
  const digits = hash.digest("hex");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => digits.slice(from, to))
    .join("-");
}
