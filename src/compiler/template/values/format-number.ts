import { raise } from "../template-error.ts";
import { printExponent, printFloat, printNotFinite } from "./print-float.ts";
import { exponentDigits, fixedDigits } from "./round-decimal.ts";

/** Python's letters for a float: fixed, with an exponent, general, or as printed. */
export type FloatStyle = "e" | "f" | "g" | "shortest";

const mostPlaces = 5000;

/** A float's magnitude in a style, without its sign. */
export function formatMagnitude(
  value: number,
  as: { readonly style: FloatStyle; readonly precision: number; readonly keepsZeros: boolean },
): string {
  if (!Number.isFinite(value)) return printNotFinite(Math.abs(value));
  if (as.precision > mostPlaces) raise("template-size", `A number is not printed with more than ${mostPlaces} digits.`);
  switch (as.style) {
    case "f":
      return withLastPoint(fixedDigits(value, as.precision), as.keepsZeros);
    case "e":
      return formatExponent(value, as.precision, as.keepsZeros);
    case "g":
      return formatGeneral(value, as.precision === 0 ? 1 : as.precision, as.keepsZeros);
    case "shortest":
      return printFloat(Math.abs(value));
  }
}

function withLastPoint(digits: string, isKept: boolean): string {
  return isKept && !digits.includes(".") ? `${digits}.` : digits;
}

function formatExponent(value: number, places: number, keepsZeros: boolean): string {
  const { digits, exponent } = exponentDigits(value, places);
  return `${withLastPoint(digits, keepsZeros)}e${printExponent(exponent)}`;
}

function formatGeneral(value: number, precision: number, keepsZeros: boolean): string {
  const { digits, exponent } = exponentDigits(value, precision - 1);
  const shorten = (text: string): string =>
    keepsZeros || !text.includes(".") ? withLastPoint(text, keepsZeros) : text.replace(/\.?0+$/u, "");
  if (exponent >= -4 && exponent < precision) return shorten(fixedDigits(value, precision - 1 - exponent));
  return `${shorten(digits)}e${printExponent(exponent)}`;
}

/** Digits in groups from their end, up to the point where there is one. */
export function groupDigits(digits: string, separator: string, size: number): string {
  const [whole = "", ...rest] = digits.split(/(?=[.e])/u);
  const grouped = whole.replace(new RegExp(`\\B(?=(?:[0-9a-fA-F]{${size}})+$)`, "gu"), separator);
  return grouped + rest.join("");
}
