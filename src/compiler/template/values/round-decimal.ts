const mantissaBits = 52n;
const view = new DataView(new ArrayBuffer(8));

/** A finite float's magnitude exactly, as `mantissa × 2^exponent`. */
function exactly(value: number): { readonly mantissa: bigint; readonly exponent: bigint } {
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = bits >> mantissaBits;
  const fraction = bits & ((1n << mantissaBits) - 1n);
  return exponent === 0n
    ? { mantissa: fraction, exponent: -1074n }
    : { mantissa: fraction | (1n << mantissaBits), exponent: exponent - 1075n };
}

/** A float's magnitude times a power of ten, rounded exactly, halves to the even neighbour as Python does. */
export function scaledDigits(value: number, power: number): bigint {
  const { mantissa, exponent } = exactly(value);
  const up = (base: bigint, by: bigint): bigint => (by > 0n ? base ** by : 1n);
  const numerator = mantissa * up(2n, exponent) * up(10n, BigInt(power));
  return roundedQuotient(numerator, up(2n, -exponent) * up(10n, -BigInt(power)));
}

/** `numerator / denominator`, both positive, halves to the even neighbour. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const doubled = (numerator % denominator) * 2n;
  const isUp = doubled > denominator || (doubled === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

/** A finite float's magnitude with so many digits behind the point. */
export function fixedDigits(value: number, places: number): string {
  return withPoint(scaledDigits(value, places), places);
}

/** Digits with the point so many places from their end. */
export function withPoint(digits: bigint, places: number): string {
  const all = digits.toString().padStart(places + 1, "0");
  return places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
}

/** A finite float's magnitude as one digit, the point, so many more digits, and the power of ten. */
export function exponentDigits(value: number, places: number): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: withPoint(0n, places), exponent: 0 };
  let exponent = Number(value.toExponential().split("e")[1]);
  let digits = scaledDigits(value, places - exponent);
  if (digits.toString().length > places + 1) digits = scaledDigits(value, places - ++exponent);
  return { digits: withPoint(digits, places), exponent };
}
