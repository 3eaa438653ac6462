/** A number with so many significant digits, as C's `%.{digits}g` writes it. */
export function significantText(value: number, digits: number): string {
  const [mantissa = "", exponentText = "0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  const trimmed = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/u, "") : text);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? "-" : "+";
    return `${trimmed(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return trimmed(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

/** A FLOAT64 as GoogleSQL casts it to STRING: 15 significant digits if they mean the same number, else 17. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return "0";
  const short = significantText(value, 15);
  return Number(short) === value ? short : significantText(value, 17);
}

/** What GoogleSQL takes for an INT64: decimal or hexadecimal digits with a sign and white space around. */
export function parseInt64(text: string): bigint {
  const { sign, digits } = /^\s*(?<sign>[+-])?(?<digits>\d+|0[xX][0-9a-fA-F]+)\s*$/u.exec(text)?.groups ?? {};
  if (digits === undefined) throw new Error(`Bad int64 value: ${text}`);
  const value = sign === "-" ? -BigInt(digits) : BigInt(digits);
  if (value !== BigInt.asIntN(64, value)) throw new Error(`Bad int64 value: ${text}`);
  return value;
}

/**
 * What GoogleSQL takes for a FLOAT64: also `inf`, `infinity` and `nan` with any case, hexadecimal digits, and white space
 * around. What is too large is infinite.
 */
export function parseFloat64(text: string): number {
  const trimmed = text.trim().toLowerCase();
  const named = /^(?<sign>[+-]?)(?<name>inf|infinity|nan)$/u.exec(trimmed)?.groups;
  if (named !== undefined) return named["name"] === "nan" ? NaN : named["sign"] === "-" ? -Infinity : Infinity;
  const hexadecimal =
    /^(?<sign>[+-]?)0x(?<whole>[0-9a-f]+)(?:\.(?<fraction>[0-9a-f]*))?(?:p(?<power>[+-]?\d+))?$/u.exec(trimmed)?.groups;
  if (hexadecimal !== undefined) {
    const { sign, whole = "", fraction = "", power = "0" } = hexadecimal;
    const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
    return sign === "-" ? -size : size;
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/u.test(trimmed)) throw new Error(`Bad double value: ${text}`);
  return Number(trimmed);
}
