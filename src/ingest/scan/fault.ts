const expectations = [
  "utf8",
  "no-mark",
  "array",
  "object",
  "end-of-file",
  "key",
  "colon",
  "value",
  "object-goes-on",
  "array-goes-on",
  "text-goes-on",
  "escape",
  "hex-digit",
  "digit",
] as const;

/** What a pull file should have had at the place where it is at fault. */
export type Expectation = (typeof expectations)[number];

/** The first place (a byte offset) at which a file is no array of objects, and what would have made it go on. */
export interface Fault {
  readonly offset: number;
  readonly expected: Expectation;
}

/** A fault as one negative number: the walkers return the next offset or a fault, and make no object a value. */
export function packFault(expected: Expectation, offset: number): number {
  return -1 - (offset * expectations.length + expectations.indexOf(expected));
}

/** The fault that a negative number stands for. */
export function unpackFault(packed: number): Fault {
  const code = -1 - packed;
  const expected = expectations[code % expectations.length];
  if (expected === undefined) throw new Error(`${String(packed)} stands for no fault`);
  return { offset: Math.floor(code / expectations.length), expected };
}
