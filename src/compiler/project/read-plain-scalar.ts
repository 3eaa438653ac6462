/** What a plain YAML scalar says. */
export type PlainScalar = string | number | boolean | null;

const truths = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/u;
const falsehoods = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/u;
const nothings = /^(?:~|null|Null|NULL|)$/u;
const integers = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][\d_]*|0x[\da-fA-F_]+)$/u;
const floats = /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/u;
const sixties = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/u;

function readInteger(text: string): bigint {
  const digits = text.replaceAll("_", "").replace(/^[-+]/u, "");
  const size = BigInt(/^0[0-7]+$/u.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith("-") ? -size : size;
}

/** `1:30` is ninety: YAML 1.1 counts in sixties where colons stand. */
function readSixties(text: string): number {
  const parts = text.replaceAll("_", "").replace(/^[-+]/u, "").split(":");
  const size = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return text.startsWith("-") ? -size : size;
}

/**
 * A plain scalar as dbt reads it: YAML 1.1 as PyYAML resolves it, so `yes`, `010` and `1_000` are `true`, 8 and 1000, and
 * `1e3` is text. A date stays text, as does what JavaScript's numbers cannot hold exactly.
 */
export function readPlainScalar(text: string): PlainScalar {
  if (truths.test(text)) return true;
  if (falsehoods.test(text)) return false;
  if (nothings.test(text)) return null;
  if (floats.test(text)) return Number(text.replaceAll("_", ""));
  if (sixties.test(text)) return readSixties(text);
  if (!integers.test(text)) return text;
  const whole = readInteger(text);
  const value = Number(whole);
  return Number.isSafeInteger(value) ? value : whole.toString();
}
