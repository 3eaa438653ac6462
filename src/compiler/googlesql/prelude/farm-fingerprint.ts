/* FarmHash's Fingerprint64 (Google, MIT licence), over BigInt: all sums and products are of 64 bits. */

const mask = (1n << 64n) - 1n;
const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

const mul = (...factors: readonly bigint[]): bigint => factors.reduce((product, factor) => (product * factor) & mask);
const add = (...terms: readonly bigint[]): bigint => terms.reduce((sum, term) => (sum + term) & mask);
const rotate = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & mask;
const shiftMix = (value: bigint): bigint => value ^ (value >> 47n);

function hash16(u: bigint, v: bigint, multiplier: bigint): bigint {
  const a = shiftMix(mul(u ^ v, multiplier));
  return mul(shiftMix(mul(v ^ a, multiplier)), multiplier);
}

function upTo16(bytes: Buffer): bigint {
  const size = bytes.length;
  const multiplier = add(k2, BigInt(size) * 2n);
  if (size >= 8) {
    const a = add(bytes.readBigUInt64LE(0), k2);
    const b = bytes.readBigUInt64LE(size - 8);
    return hash16(add(mul(rotate(b, 37n), multiplier), a), mul(add(rotate(a, 25n), b), multiplier), multiplier);
  }
  if (size >= 4) {
    const a = BigInt(bytes.readUInt32LE(0));
    return hash16(add(BigInt(size), a << 3n), BigInt(bytes.readUInt32LE(size - 4)), multiplier);
  }
  if (size === 0) return k2;
  const [a, b, c] = [bytes[0] ?? 0, bytes[size >> 1] ?? 0, bytes[size - 1] ?? 0];
  return mul(shiftMix(mul(BigInt(a + (b << 8)), k2) ^ mul(BigInt(size + (c << 2)), k0)), k2);
}

function upTo32(bytes: Buffer): bigint {
  const size = bytes.length;
  const multiplier = add(k2, BigInt(size) * 2n);
  const a = mul(bytes.readBigUInt64LE(0), k1);
  const b = bytes.readBigUInt64LE(8);
  const c = mul(bytes.readBigUInt64LE(size - 8), multiplier);
  const d = mul(bytes.readBigUInt64LE(size - 16), k2);
  return hash16(add(rotate(add(a, b), 43n), rotate(c, 30n), d), add(a, rotate(add(b, k2), 18n), c), multiplier);
}

function upTo64(bytes: Buffer): bigint {
  const size = bytes.length;
  const multiplier = add(k2, BigInt(size) * 2n);
  const a = mul(bytes.readBigUInt64LE(0), k2);
  const b = bytes.readBigUInt64LE(8);
  const c = mul(bytes.readBigUInt64LE(size - 8), multiplier);
  const d = mul(bytes.readBigUInt64LE(size - 16), k2);
  const y = add(rotate(add(a, b), 43n), rotate(c, 30n), d);
  const z = hash16(y, add(a, rotate(add(b, k2), 18n), c), multiplier);
  const e = mul(bytes.readBigUInt64LE(16), multiplier);
  const f = bytes.readBigUInt64LE(24);
  const g = mul(add(y, bytes.readBigUInt64LE(size - 32)), multiplier);
  const h = mul(add(z, bytes.readBigUInt64LE(size - 24)), multiplier);
  return hash16(add(rotate(add(e, f), 43n), rotate(g, 30n), h), add(e, rotate(add(f, a), 18n), g), multiplier);
}

function weakHash(bytes: Buffer, at: number, seeds: readonly [bigint, bigint]): readonly [bigint, bigint] {
  const [w, x, y, z] = [0, 8, 16, 24].map((offset) => bytes.readBigUInt64LE(at + offset));
  if (w === undefined || x === undefined || y === undefined || z === undefined)
    throw new Error("Four words were read.");
  const a = add(seeds[0], w);
  const b = rotate(add(seeds[1], a, z), 21n);
  const c = add(a, x, y);
  return [add(c, z), add(add(b, rotate(c, 44n)), a)];
}

/** The fingerprint of bytes, without a sign. */
export function fingerprint64(bytes: Buffer): bigint {
  const size = bytes.length;
  if (size <= 16) return upTo16(bytes);
  if (size <= 32) return upTo32(bytes);
  if (size <= 64) return upTo64(bytes);
  let x = 81n;
  let y = add(mul(81n, k1), 113n);
  let z = mul(shiftMix(add(mul(y, k2), 113n)), k2);
  let v: readonly [bigint, bigint] = [0n, 0n];
  let w: readonly [bigint, bigint] = [0n, 0n];
  x = add(mul(x, k2), bytes.readBigUInt64LE(0));
  const end = ((size - 1) >> 6) * 64;
  const mix = (at: number, multiplier: bigint, weights: readonly [bigint, bigint]): void => {
    x = mul(rotate(add(x, y, v[0], bytes.readBigUInt64LE(at + 8)), 37n), multiplier);
    y = mul(rotate(add(y, v[1], bytes.readBigUInt64LE(at + 48)), 42n), multiplier);
    x ^= mul(w[1], weights[0]);
    y = add(y, mul(v[0], weights[1]), bytes.readBigUInt64LE(at + 40));
    z = mul(rotate(add(z, w[0]), 33n), multiplier);
    v = weakHash(bytes, at, [mul(v[1], multiplier), add(x, w[0])]);
    w = weakHash(bytes, at + 32, [add(z, w[1]), add(y, bytes.readBigUInt64LE(at + 16))]);
    [z, x] = [x, z];
  };
  for (let at = 0; at !== end; at += 64) mix(at, k1, [1n, 1n]);
  const multiplier = add(k1, (z & 0xffn) << 1n);
  w = [add(w[0], BigInt((size - 1) & 63)), w[1]];
  v = [add(v[0], w[0]), v[1]];
  w = [add(w[0], v[0]), w[1]];
  mix(end + ((size - 1) & 63) - 63, multiplier, [9n, 9n]);
  const left = add(hash16(v[0], w[0], multiplier), mul(shiftMix(y), k0), z);
  return hash16(left, add(hash16(v[1], w[1], multiplier), x), multiplier);
}
