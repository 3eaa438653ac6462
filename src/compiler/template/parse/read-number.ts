import { integer } from "../values/numeric.ts";
import { type FloatValue, float } from "../values/value.ts";

/** A number read from the text, and the offset at which it ends. */
export interface ReadNumber {
  readonly type: "int" | "float";
  readonly value: number | bigint | FloatValue;
  readonly end: number;
}

const decimal = /[0-9](?:_?[0-9])*(?:(?:\.[0-9](?:_?[0-9])*)?e[+-]?[0-9](?:_?[0-9])*|\.[0-9](?:_?[0-9])*)/iuy;
const whole = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[0-9a-f])+|[1-9](?:_?[0-9])*|0(?:_?0)*/iuy;

/** Reads Jinja's number at `start`, where a digit stands: `1_000`, `0xff`, `1.5`, `2e3`. After a dot it is an integer. */
export function readNumber(text: string, start: number): ReadNumber {
  decimal.lastIndex = start;
  const fraction = text[start - 1] === "." ? null : decimal.exec(text);
  if (fraction !== null)
    return {
      type: "float",
      value: float(Number(fraction[0].replaceAll("_", ""))),
      end: start + fraction[0].length,
    };
  whole.lastIndex = start;
  const digits = whole.exec(text)?.[0] ?? text.charAt(start);
  return { type: "int", value: integer(BigInt(digits.replaceAll("_", "").toLowerCase())), end: start + digits.length };
}
