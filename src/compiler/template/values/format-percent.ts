import { raise } from "../template-error.ts";
import { sliceText } from "./code-points.ts";
import { describeType } from "./describe-type.ts";
import { entryOf } from "./dict.ts";
import { formatMagnitude } from "./format-number.ts";
import { type Integer, integer, integerOf, isFloat, numberOf } from "./numeric.ts";
import { padText } from "./pad-text.ts";
import { printValue, reprValue } from "./print-value.ts";
import { orElse, textOf, type Value } from "./value.ts";

const place =
  /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d*))?[hlL]?(?<type>.|$)/gsu;

/** Python's `format % values`: `%s`, `%05.2f`, `%(name)s`. */
export function formatPercent(format: string, values: Value): string {
  const items = typeof values === "object" && values?.kind === "tuple" ? values.items : [values];
  let next = 0;
  const take = (): Value => {
    const value = items[next++];
    return value === undefined ? raise("template-format", "This format has more places than there are values.") : value;
  };
  const size = (given: string | undefined): number | undefined => {
    if (given === undefined) return undefined;
    if (given !== "*") return Number(given);
    const value = take();
    const found = integerOf(value);
    return typeof found === "number" ? found : raise("template-format", '"*" in a format expects a whole number.');
  };
  const printed = format.replace(place, (...match: unknown[]) => {
    const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
    const { key, flags = "", type = "" } = groups;
    const width = size(groups["width"]) ?? 0;
    const precision = size(groups["precision"]);
    if (type === "%") return "%";
    const value = key === undefined ? take() : keyed(values, key);
    return formatPlace(value, {
      type,
      flags: width < 0 ? `${flags}-` : flags,
      width: Math.abs(width),
      precision,
    });
  });
  if (next < items.length && !hasItems(values))
    raise("template-format", "There are more values than places in this format.");
  return printed;
}

/** Python lets values be left over if they can be looked into by `[]`, of which it asks no more than that. */
function hasItems(values: Value): boolean {
  if (typeof values !== "object" || values === null) return false;
  return (
    ["dict", "list", "range", "undefined"].includes(values.kind) ||
    (values.kind === "object" && values.item !== undefined)
  );
}

function keyed(values: Value, key: string): Value {
  if (typeof values !== "object" || values?.kind !== "dict")
    return raise("template-format", "A format with names expects a dictionary.");
  return orElse(entryOf(values, key), () => raise("unknown-item", `The dictionary has no key ${reprValue(key)}.`));
}

interface Place {
  readonly type: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

function formatPlace(value: Value, at: Place): string {
  switch (at.type) {
    case "s":
    case "r":
    case "a": {
      const whole = at.type === "s" ? printValue(value) : reprValue(value);
      return padded(at.precision === undefined ? whole : sliceText(whole, 0, at.precision), "", {
        ...at,
        flags: at.flags.replace("0", ""),
      });
    }
    case "c":
      return padded(character(value), "", { ...at, flags: at.flags.replace("0", "") });
    case "d":
    case "i":
    case "u":
      return formatInteger(truncated(value, at), 10, at);
    case "o":
      return formatInteger(exactInteger(value, at), 8, at);
    case "x":
    case "X":
      return formatInteger(exactInteger(value, at), 16, at);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatFloat(value, at);
    default:
      return raise(
        "template-format",
        at.type === "" ? "This format ends in the middle of a place." : `"%${at.type}" is no place in a format.`,
      );
  }
}

function character(value: Value): string {
  const code = integerOf(value);
  if (typeof code === "number" && code >= 0 && code < 0x110000) return String.fromCodePoint(code);
  const whole = textOf(value);
  return whole !== undefined && Array.from(whole).length === 1
    ? whole
    : raise("template-format", '"%c" expects one character.');
}

function truncated(value: Value, at: Place): Integer {
  if (isFloat(value) && Number.isFinite(value.value)) return integer(BigInt(Math.trunc(value.value)));
  return integerOf(value) ?? raiseNumber(value, at);
}

function exactInteger(value: Value, at: Place): Integer {
  return integerOf(value) ?? raiseNumber(value, at);
}

function raiseNumber(value: Value, at: Place): never {
  return raise("template-format", `"%${at.type}" expects a number, found ${describeType(value)}.`);
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

function formatInteger(value: Integer, base: number, at: Place): string {
  const digits = (value < 0 ? -BigInt(value) : BigInt(value)).toString(base).padStart(at.precision ?? 0, "0");
  const prefix = at.flags.includes("#") && base !== 10 ? (base === 8 ? "0o" : "0x") : "";
  const whole = at.type === "X" ? `${prefix}${digits}`.toUpperCase() : prefix + digits;
  const head = signOf(value < 0, at.flags) + whole.slice(0, prefix.length);
  return padded(whole.slice(prefix.length), head, at);
}

function formatFloat(value: Value, at: Place): string {
  const number = numberOf(value) ?? raiseNumber(value, at);
  const style = at.type.toLowerCase() as "e" | "f" | "g";
  const digits = formatMagnitude(number, {
    style,
    precision: at.precision ?? 6,
    keepsZeros: at.flags.includes("#"),
  });
  const head = signOf(number < 0 || Object.is(number, -0), at.flags);
  return padded(at.type === style ? digits : digits.toUpperCase(), head, at);
}

function padded(body: string, head: string, at: Place): string {
  if (at.flags.includes("-")) return padText(head + body, { width: at.width, side: "right", fill: " " });
  if (at.flags.includes("0")) return head + padText(body, { width: at.width - head.length, side: "left", fill: "0" });
  return padText(head + body, { width: at.width, side: "left", fill: " " });
}
