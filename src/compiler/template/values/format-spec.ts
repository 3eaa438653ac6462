import { raise } from "../template-error.ts";
import { describeTypeFirst } from "./describe-type.ts";
import { type FloatStyle, formatMagnitude, groupDigits } from "./format-number.ts";
import { integerOf, isFloat, numberOf } from "./numeric.ts";
import { padText } from "./pad-text.ts";
import { printValue } from "./print-value.ts";
import { lengthOfText, sliceText } from "./code-points.ts";
import { textOf, type Value } from "./value.ts";

const shape =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<group>[,_])?(?:\.(?<precision>\d+))?(?<type>[bcdeEfFgGnosxX%])?$/su;

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly group: string | undefined;
  readonly precision: number | undefined;
  readonly type: string | undefined;
}

function parseSpec(spec: string): Spec {
  const groups = shape.exec(spec)?.groups;
  if (groups === undefined) return raise("template-format", `"${spec}" is no format.`);
  const { fill, align, sign, alternate, zero, width, group, precision, type } = groups;
  return {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: align ?? (zero === undefined ? undefined : "="),
    sign: sign ?? "-",
    isAlternate: alternate !== undefined,
    width: Number(width ?? 0),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** Python's `format(value, spec)`: `{:>10}`, `{:,.2f}`, `{:x}`. */
export function formatSpec(value: Value, spec: string): string {
  if (spec === "") return printValue(value);
  const parsed = parseSpec(spec);
  const whole = textOf(value);
  if (whole !== undefined) return formatText(whole, parsed);
  if (numberOf(value) === undefined)
    return raise("template-format", `${describeTypeFirst(value)} has no format "${spec}".`);
  return formatNumber(value, parsed);
}

function formatText(whole: string, spec: Spec): string {
  if ((spec.type ?? "s") !== "s") raise("template-format", `A text has no format "${spec.type ?? ""}".`);
  if (spec.align === "=") raise("template-format", 'A text cannot be aligned with "=".');
  const cut = spec.precision === undefined ? whole : sliceText(whole, 0, spec.precision);
  return aligned(cut, spec, spec.align ?? "<");
}

const bases: Readonly<Record<string, { readonly base: number; readonly prefix: string }>> = {
  b: { base: 2, prefix: "0b" },
  o: { base: 8, prefix: "0o" },
  x: { base: 16, prefix: "0x" },
  X: { base: 16, prefix: "0X" },
};

function formatNumber(value: Value, spec: Spec): string {
  const integer = isFloat(value) ? undefined : integerOf(value);
  const type = spec.type ?? (integer === undefined ? "" : "d");
  if (type === "s") return raise("template-format", `${describeTypeFirst(value)} has no format "s".`);
  if (integer !== undefined && (type in bases || type === "d" || type === "n" || type === "c")) {
    if (type === "c") return formatText(String.fromCodePoint(Number(integer) % 0x110000), { ...spec, type: "s" });
    const { base, prefix } = bases[type] ?? { base: 10, prefix: "" };
    const digits = (integer < 0 ? -BigInt(integer) : BigInt(integer)).toString(base);
    const cased = type === "X" ? digits.toUpperCase() : digits;
    const grouped = spec.group === undefined ? cased : groupDigits(cased, spec.group, base === 10 ? 3 : 4);
    return padNumber(grouped, { isNegative: integer < 0, prefix: spec.isAlternate ? prefix : "", spec });
  }
  return formatFloat(numberOf(value) ?? 0, type, spec);
}

function formatFloat(value: number, type: string, spec: Spec): string {
  const lower = type.toLowerCase();
  if (!["", "e", "f", "g", "n", "%"].includes(lower))
    return raise("template-format", `A decimal number has no format "${type}".`);
  const isPercent = type === "%";
  const shown = isPercent ? value * 100 : value;
  const style: FloatStyle =
    isPercent || lower === "f"
      ? "f"
      : lower === "e"
        ? "e"
        : lower === "" && spec.precision === undefined
          ? "shortest"
          : "g";
  let digits = formatMagnitude(shown, { style, precision: spec.precision ?? 6, keepsZeros: spec.isAlternate });
  if (lower === "" && style === "g" && /^\d+$/u.test(digits)) digits += ".0";
  if (type === "E" || type === "F" || type === "G") digits = digits.toUpperCase();
  if (isPercent) digits += "%";
  const grouped = spec.group === undefined ? digits : groupDigits(digits, spec.group, 3);
  return padNumber(grouped, { isNegative: value < 0 || Object.is(value, -0), prefix: "", spec });
}

function padNumber(
  digits: string,
  as: { readonly isNegative: boolean; readonly prefix: string; readonly spec: Spec },
): string {
  const { spec } = as;
  const sign = as.isNegative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const head = sign + as.prefix;
  const missing = spec.width - head.length - digits.length;
  if (missing <= 0) return head + digits;
  if (spec.align === "=")
    return head + padText(digits, { width: spec.width - head.length, side: "left", fill: spec.fill });
  return aligned(head + digits, spec, spec.align ?? ">");
}

/** `format` centers with the odd space behind, where `center` goes by the width. */
function aligned(whole: string, spec: Spec, align: string): string {
  const { width, fill } = spec;
  if (align === "<") return padText(whole, { width, side: "right", fill });
  if (align !== "^") return padText(whole, { width, side: "left", fill });
  const missing = Math.max(0, width - lengthOfText(whole));
  const begun = padText(whole, { width: width - Math.ceil(missing / 2), side: "left", fill });
  return padText(begun, { width, side: "right", fill });
}
