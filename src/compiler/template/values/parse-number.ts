import { type Integer, integer } from "./numeric.ts";
import { strippedStretch } from "./strip-text.ts";

function stripped(text: string): string {
  const { start, end } = strippedStretch(text, "both", undefined);
  return text.slice(start, end);
}

const prefixes: Readonly<Record<string, number>> = { "0b": 2, "0o": 8, "0x": 16 };

/** Python's `int(text, base)`, or `undefined` where the text is no such number. */
export function parseIntegerText(text: string, base: number): Integer | undefined {
  const match = /^(?<sign>[-+]?)(?:(?<prefix>0[box])_?)?(?<digits>[0-9a-z]+(?:_[0-9a-z]+)*)$/iu.exec(stripped(text));
  const { sign, prefix = "", digits = "" } = match?.groups ?? {};
  if (match === null) return undefined;
  const prefixBase = prefixes[prefix.toLowerCase()];
  const isPrefixed = prefixBase !== undefined && (base === 0 || base === prefixBase);
  if (base === 0 && prefixBase === undefined && /^0[_0]*[1-9]/u.test(digits)) return undefined;
  const effective = base === 0 ? (prefixBase ?? 10) : base;
  const all = (isPrefixed ? digits : prefix + digits).replaceAll("_", "").toLowerCase();
  if (effective < 2 || effective > 36) return undefined;
  let value = 0n;
  for (const character of all) {
    const digit = Number.parseInt(character, 36);
    if (digit >= effective) return undefined;
    value = value * BigInt(effective) + BigInt(digit);
  }
  return integer(sign === "-" ? -value : value);
}

/** Python's `float(text)`, or `undefined` where the text is no number. */
export function parseFloatText(text: string): number | undefined {
  const bare = stripped(text);
  if (/^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/iu.test(bare))
    return Number(bare.replaceAll("_", ""));
  const special = /^(?<sign>[-+]?)(?:(?<infinite>inf(?:inity)?)|nan)$/iu.exec(bare)?.groups;
  if (special === undefined) return undefined;
  if (special["infinite"] === undefined) return NaN;
  return special["sign"] === "-" ? -Infinity : Infinity;
}
