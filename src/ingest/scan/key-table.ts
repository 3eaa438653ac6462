import { backslash, quote, space } from "./ascii.ts";

/**
 * The keys that records are known to have, each a *slot*: first those that fill columns, then, as they are met, up to
 * `capacity` that no column takes. The slot `overflow` stands for all further keys.
 */
export class KeyTable {
  readonly overflow: number;
  readonly #slots = new Map<string, number>();
  readonly #keys: Buffer[] = [];
  /** Of each slot: the key in its quotes, as it is spelled where it needs no escapes. */
  readonly #spelled: (SpelledKey | undefined)[] = [];

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

  /** The offset behind a slot's key, quotes and all, if it stands at this offset, spelled plainly; else -1. */
  match(slot: number, view: DataView, at: number): number {
    const key = this.#spelled[slot];
    if (key === undefined) return -1;
    const { words, length } = key;
    const last = at + length - 4;
    let i = 0;
    for (let p = at; p < last; p += 4) if (view.getInt32(p) !== words[i++]) return -1;
    return view.getInt32(last) === words[i] ? last + 4 : -1;
  }

  /** The slot of a key, given in UTF-8; a new key gets one while there is room. */
  slotOf(key: Buffer): number {
    const slot = this.#slots.get(key.toString("latin1"));
    if (slot !== undefined) return slot;
    return this.size === this.overflow ? this.overflow : this.#add(Buffer.from(key));
  }

  #add(key: Buffer): number {
    const slot = this.size;
    this.#slots.set(key.toString("latin1"), slot);
    this.#keys.push(key);
    this.#spelled.push(spelledKey(key));
    return slot;
  }
}

/** A key in its quotes as words of four bytes; the last word overlaps the one before it where the length asks for it. */
interface SpelledKey {
  readonly words: Int32Array;
  readonly length: number;
}

function spelledKey(key: Buffer): SpelledKey | undefined {
  const length = key.length + 2;
  if (length < 4 || key.some((byte) => byte < space || byte === quote || byte === backslash)) return undefined;
  const spelled = Buffer.concat([Buffer.of(quote), key, Buffer.of(quote)]);
  const places = Array.from({ length: Math.ceil(length / 4) }, (_, index) => Math.min(4 * index, length - 4));
  return { words: Int32Array.from(places, (place) => spelled.readInt32BE(place)), length };
}
