import { raise } from "../template-error.ts";
import { describeType } from "./describe-type.ts";
import { type Integer, integer, integerOf, isFloat, numberOf } from "./numeric.ts";
import { roundedQuotient, scaledDigits, withPoint } from "./round-decimal.ts";
import { float, isUndefined, type Value } from "./value.ts";
import { raiseMissing } from "./missing-error.ts";

const furthest = 400;

/** Jinja's `round`: to the nearest (halves to the even neighbour, as Python does), up or down. */
export function roundValue(value: Value, by: { readonly precision: number; readonly how: string }): Value {
  if (isUndefined(value)) return raiseMissing(value);
  const number = numberOf(value);
  if (number === undefined) return raise("template-type", `One cannot round ${describeType(value)}.`);
  switch (by.how) {
    case "common": {
      const whole = isFloat(value) ? undefined : integerOf(value);
      return whole === undefined ? float(roundFloat(number, by.precision)) : roundInteger(whole, by.precision);
    }
    case "ceil":
    case "floor":
      return float(roundTowards(number, by.precision, by.how));
    default:
      return raise("argument-type", `"round" goes by "common", "ceil" or "floor", found "${by.how}".`);
  }
}

function roundFloat(value: number, precision: number): number {
  if (!Number.isFinite(value) || precision > furthest) return value;
  if (precision < -furthest) return value < 0 ? -0 : 0;
  const digits = scaledDigits(value, precision);
  const magnitude = Number(precision >= 0 ? withPoint(digits, precision) : `${digits}e${-precision}`);
  if (!Number.isFinite(magnitude)) raise("template-arithmetic", "The rounded value is too large for a decimal number.");
  return value < 0 || Object.is(value, -0) ? -magnitude : magnitude;
}

function roundInteger(value: Integer, precision: number): Integer {
  if (precision >= 0) return value;
  if (precision < -furthest) return 0;
  const unit = 10n ** BigInt(-precision);
  const magnitude = roundedQuotient(value < 0 ? -BigInt(value) : BigInt(value), unit) * unit;
  return integer(value < 0 ? -magnitude : magnitude);
}

function roundTowards(value: number, precision: number, how: "ceil" | "floor"): number {
  const unit = 10 ** precision;
  const scaled = Math[how](value * unit);
  if (!Number.isFinite(scaled) || unit === 0)
    raise("template-arithmetic", "The value is too large to be rounded to this precision.");
  return scaled / unit + 0;
}
