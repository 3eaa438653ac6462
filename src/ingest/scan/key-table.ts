import { backslash, quote, space } from "./ascii.ts";

/**
 * The keys that records are known to have, each a *slot*: first those that fill columns, then, as they are met, up to
 * `capacity` that no column takes. The slot `overflow` stands for all further keys.
 */
export class KeyTable {
  readonly overflow: number;
  readonly #slots = new Map<string, number>();
  readonly #keys: Buffer[] = [];
  /** Of each slot: the key and its closing quote as it is spelled where it needs no escapes. */
  readonly #spelled: (Buffer | undefined)[] = [];

  constructor(wantedKeys: readonly string[], capacity: number) {
    this.overflow = wantedKeys.length + capacity;
    for (const key of wantedKeys) this.slotOf(Buffer.from(key));
  }

  /** The number of slots in use. */
  get size(): number {
    return this.#keys.length;
  }

  keyOf(slot: number): string {
    return this.#keys[slot]?.toString() ?? "";
  }

  /** Forgets all slots but the first ones. */
  cutTo(size: number): void {
    for (const key of this.#keys.splice(size)) this.#slots.delete(key.toString("latin1"));
    this.#spelled.length = size;
  }

  /** The offset behind a slot's key and its closing quote if they stand at this offset, else -1. */
  match(slot: number, bytes: Buffer, at: number): number {
    const key = this.#spelled[slot];
    if (key === undefined) return -1;
    const length = key.length;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== key[i]) return -1;
    return at + length;
  }

  /** The slot of a key, given in UTF-8; a new key gets one while there is room. */
  slotOf(key: Buffer): number {
    const slot = this.#slots.get(key.toString("latin1"));
    if (slot !== undefined) return slot;
    return this.size === this.overflow ? this.overflow : this.#add(Buffer.from(key));
  }

  #add(key: Buffer): number {
    const slot = this.size;
    const needsEscapes = key.some((byte) => byte < space || byte === quote || byte === backslash);
    this.#slots.set(key.toString("latin1"), slot);
    this.#keys.push(key);
    this.#spelled.push(needsEscapes ? undefined : Buffer.concat([key, Buffer.of(quote)]));
    return slot;
  }
}
