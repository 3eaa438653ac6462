/** NUMERIC values are whole numbers of billionths here: nine digits behind the point. */
const one = 10n ** 9n;
const limit = 10n ** 38n;

/** The number in billionths if a NUMERIC holds it. */
export function checkedNumeric(value: bigint): bigint {
  if (value >= limit || value <= -limit) throw new Error("numeric overflow");
  return value;
}

function divideHalfAway(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = a / b + ((a % b) * 2n >= b ? 1n : 0n);
  return isNegative ? -quotient : quotient;
}

/** The product, rounded half away from zero to nine digits. */
export function multiplyNumeric(left: bigint, right: bigint): bigint {
  return checkedNumeric(divideHalfAway(left * right, one));
}

/** The quotient, rounded half away from zero to nine digits. */
export function divideNumeric(left: bigint, right: bigint): bigint {
  if (right === 0n) throw new Error("division by zero");
  return checkedNumeric(divideHalfAway(left * one, right));
}

/** A NUMERIC rounded to a number of digits behind the point (before it, if negative). */
export function roundNumeric(value: bigint, digits: number, mode: string): bigint {
  if (digits >= 9) return value;
  if (digits < -29) return 0n;
  const unit = 10n ** BigInt(9 - digits);
  switch (mode) {
    case "ROUND_HALF_AWAY_FROM_ZERO":
      return checkedNumeric(divideHalfAway(value, unit) * unit);
    case "TOWARDS_ZERO":
      return (value / unit) * unit;
    case "ROUND_HALF_EVEN": {
      const quotient = divideHalfAway(value, unit);
      const isTie = (value < 0n ? -value : value) % unit === unit / 2n && unit % 2n === 0n;
      const nearer = isTie && quotient % 2n !== 0n ? quotient - (value < 0n ? -1n : 1n) : quotient;
      return checkedNumeric(nearer * unit);
    }
    default:
      throw new Error(`There is no rounding mode ${mode}.`);
  }
}

/** A decimal number in a text as billionths; digits beyond them are rounded for NUMERIC and refused for BIGNUMERIC. */
export function parseNumeric(text: string, type: "NUMERIC" | "BIGNUMERIC"): bigint {
  const {
    sign,
    whole = "",
    fraction = "",
    exponent = "0",
  } = /^\s*(?<sign>[+-])?(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<exponent>[+-]?\d{1,4}))?\s*$/u.exec(text)
    ?.groups ?? {};
  if (whole === "" && fraction === "") throw new Error(`Not a ${type}: ${text}`);
  const shift = Number(exponent) - fraction.length + 9;
  const digits = BigInt(whole + fraction);
  if (shift > 60 && digits !== 0n) throw new Error(`Out of the range of ${type}: ${text}`);
  const scaled =
    shift >= 0
      ? digits * 10n ** BigInt(Math.min(shift, 60))
      : divideHalfAway(digits, 10n ** BigInt(Math.min(-shift, 400)));
  if (type === "BIGNUMERIC" && shift < 0 && scaled * 10n ** BigInt(Math.min(-shift, 400)) !== digits)
    throw new Error(`A BIGNUMERIC of more than nine digits behind the point is not supported: ${text}`);
  return checkedNumeric(sign === "-" ? -scaled : scaled);
}

/** What PARSE_NUMERIC reads, as CAST reads it: without commas before the point, and with the sign at once before the digits. */
export function plainNumber(text: string): string {
  const { before, sign, number, after } =
    /^\s*(?<before>(?<sign>[+-])\s*)?(?<number>[\d,]*(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*(?<after>[+-]?)\s*$/u.exec(text)
      ?.groups ?? {};
  if (number === undefined || (before !== undefined && after !== "")) throw new Error(`Not a number: ${text}`);
  return `${sign ?? after ?? ""}${number.replaceAll(",", "")}`;
}

/** The digits of a FLOAT64 from which a NUMERIC is made. */
export function numericText(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`Not a NUMERIC: ${value}`);
  return Math.abs(value) < 1e21 ? value.toFixed(20) : BigInt(value).toString();
}

/** A FLOAT64 rounded half away from zero, by its exact decimal value. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 100) return value;
  if (digits < -308) return 0;
  if (digits < 0) {
    const unit = 10 ** -digits;
    return Math.sign(value) * Math.floor(Math.abs(value) / unit + 0.5) * unit;
  }
  if (Math.abs(value) >= 2 ** 53) return value;
  return Number(value.toFixed(digits));
}

/** A FLOAT64 cut towards zero, by its exact decimal value. */
export function truncateFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 60) return value;
  if (digits < -308) return 0;
  if (digits >= 0 && Math.abs(value) >= 2 ** 53) return value;
  if (digits < 0) {
    const unit = 10 ** -digits;
    return Math.trunc(value / unit) * unit;
  }
  const text = value.toFixed(Math.min(100, digits + 40));
  return Number(text.slice(0, text.indexOf(".") + 1 + digits));
}
