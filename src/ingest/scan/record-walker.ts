import { backslash, closeBrace, colon, comma, lowerN, openBrace, openBracket, quote, space } from "./ascii.ts";
import { packFault } from "./fault.ts";
import type { KeyTable } from "./key-table.ts";
import type { PullBytes } from "./pull-bytes.ts";
import { unescapeText } from "./unescape-text.ts";
import { isPlain, walkNested, walkScalar, walkSpace, walkText } from "./walk-json.ts";

/** What stands in a slot: nothing, `null`, a text without or with escapes, a number or truth value, an array or object. */
export const valueKinds = { absent: 0, null: 1, plain: 2, escaped: 3, scalar: 4, nested: 5 } as const;

/** Walks records and remembers, by slot, where in the bytes the values of the last one stand. Of equal keys the last wins. */
export class RecordWalker {
  readonly keys: KeyTable;
  /** Where each slot's value starts and ends; of texts without the quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** The number of records in which each slot was met. */
  readonly counts: Int32Array;
  /** The slot that was last met behind each slot, and, at the very end, behind the opening brace. */
  readonly #followers: Int16Array;

  constructor(keys: KeyTable) {
    this.keys = keys;
    const slots = keys.overflow + 1;
    this.starts = new Int32Array(slots);
    this.ends = new Int32Array(slots);
    this.kinds = new Uint8Array(slots);
    this.counts = new Int32Array(slots);
    this.#followers = new Int16Array(slots + 1);
  }

  /** From a record's opening brace to behind its closing one, or a packed fault. */
  walk({ bytes, view }: PullBytes, at: number): number {
    this.kinds.fill(valueKinds.absent);
    let p = walkSpace(bytes, at + 1);
    if (bytes[p] === closeBrace) return p + 1;
    let slot = this.keys.overflow + 1;
    for (;;) {
      if (bytes[p] !== quote) return packFault("key", p);
      const guess = this.#followers[slot] ?? 0;
      let next = this.keys.match(guess, view, p);
      if (next < 0) {
        next = walkText(bytes, p + 1);
        if (next < 0) return next;
        this.#followers[slot] = this.keys.slotOf(keyBytes(bytes.subarray(p + 1, next)));
        next++;
      }
      slot = this.#followers[slot] ?? 0;
      p = bytes[next] === colon ? next : walkSpace(bytes, next);
      if (bytes[p] !== colon) return packFault("colon", p);
      p++;
      if ((bytes[p] ?? 0) <= space) p = walkSpace(bytes, p);
      p = this.#walkValue(bytes, p, slot);
      if (p < 0) return p;
      if ((bytes[p] ?? 0) <= space) p = walkSpace(bytes, p);
      if (bytes[p] === closeBrace) return p + 1;
      if (bytes[p] !== comma) return packFault("object-goes-on", p);
      p++;
      if ((bytes[p] ?? 0) <= space) p = walkSpace(bytes, p);
    }
  }

  #walkValue(bytes: Buffer, at: number, slot: number): number {
    if (this.kinds[slot] === valueKinds.absent) this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    const first = bytes[at];
    if (first === quote) {
      let p = at + 1;
      while (isPlain[bytes[p] ?? 0] === 1) p++;
      let kind: number = valueKinds.plain;
      if (bytes[p] !== quote) {
        p = walkText(bytes, p);
        if (p < 0) return p;
        kind = valueKinds.escaped;
      }
      this.starts[slot] = at + 1;
      this.ends[slot] = p;
      this.kinds[slot] = kind;
      return p + 1;
    }
    const isNested = first === openBrace || first === openBracket;
    const end = isNested ? walkNested(bytes, at) : walkScalar(bytes, at);
    if (end < 0) return end;
    this.starts[slot] = at;
    this.ends[slot] = end;
    this.kinds[slot] = isNested ? valueKinds.nested : first === lowerN ? valueKinds.null : valueKinds.scalar;
    return end;
  }
}

function keyBytes(spelled: Buffer): Buffer {
  return spelled.includes(backslash) ? unescapeText(spelled) : spelled;
}
