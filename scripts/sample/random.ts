import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A seeded source of chance: equal seeds give equal draws on every machine. */
export interface Random {
  /** A number from 0 to 1, 1 exclusive. */
  readonly fraction: () => number;
  /** A whole number from 0 to `limit`, `limit` exclusive. */
  readonly below: (limit: number) => number;
  /** True in `rate` of all draws (0 never, 1 always). */
  readonly chance: (rate: number) => boolean;
  /** One of the items, each as likely as the others; an empty list is a bug. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** `digits` hexadecimal digits, at most eight. */
  readonly hex: (digits: number) => string;
}

const twoTo32 = 4_294_967_296;

/** Opens the source of chance that belongs to a seed, which may be any text. */
export function openRandom(seed: string): Random {
  const generator = xoroshiro128plus(createHash("sha256").update(seed).digest().readInt32LE(0));
  const fraction = (): number => (generator.next() >>> 0) / twoTo32;
  const below = (limit: number): number => uniformInt(generator, 0, limit - 1);
  return {
    fraction,
    below,
    chance: (rate) => fraction() < rate,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) {
        throw new Error("There is nothing to pick from.");
      }
      return item;
    },
    hex: (digits) => (generator.next() >>> 0).toString(16).padStart(8, "0").slice(0, digits),
  };
}
