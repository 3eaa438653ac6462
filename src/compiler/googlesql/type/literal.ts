import { dateText, timeText } from "../calendar/civil.ts";
import {
  looksLikeZone,
  parseDate,
  parseDatetime,
  parseOffset,
  parseTime,
  parseTimestamp,
} from "../calendar/parse-civil.ts";
import { quoteText } from "../code.ts";
import { parseJson, printJson } from "../json/json-text.ts";
import { normalJson } from "../json/json-value.ts";
import type { Place } from "../place.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { LiteralType } from "../syntax.ts";
import { makeValue, type Value } from "../value.ts";
import { scalar } from "./data-type.ts";

/** The value of a literal: a decoded text and the type that its spelling, its prefix or its context gives it. */
export function literalValue(type: LiteralType, text: string, place: Place): Value {
  const value = makeValue({ code: literalCode(type, text, place), type: scalar(type), place, isNullable: false });
  switch (type) {
    case "STRING":
      return { ...value, constant: { kind: "string", text } };
    case "INT64":
      return { ...value, constant: { kind: "integer", text: String(BigInt(text)) } };
    case "FLOAT64":
      return { ...value, constant: { kind: "float", text } };
    case "NUMERIC":
      return { ...value, constant: { kind: "decimal", text } };
    default:
      return value;
  }
}

function refuseText(type: LiteralType, text: string, place: Place, hint?: string): never {
  refuse("argument-type", `"${text}" is no ${type}.`, place, hint);
}

function literalCode(type: LiteralType, text: string, place: Place): string {
  switch (type) {
    case "STRING":
      return quoteText(text);
    case "BYTES":
      return text === "" ? "''::BLOB" : `'${text.toUpperCase().replaceAll(/../gu, String.raw`\x$&`)}'::BLOB`;
    case "INT64":
      return integerCode(text, place);
    case "FLOAT64":
      return floatCode(text, place);
    case "NUMERIC":
    case "BIGNUMERIC":
      return decimalCode(type, text, place);
    case "DATE": {
      const days = parseDate(text);
      if (days === undefined) refuseText(type, text, place, "A DATE is written like 2024-01-31.");
      return `DATE '${dateText(days)}'`;
    }
    case "DATETIME": {
      const civil = parseDatetime(text);
      if (civil === undefined) refuseText(type, text, place, "A DATETIME is written like 2024-01-31 10:20:30.");
      return `TIMESTAMP '${dateText(civil.days)} ${timeText(civil.micros)}'`;
    }
    case "TIMESTAMP":
      return timestampCode(text, place);
    case "TIME": {
      const micros = parseTime(text);
      if (micros === undefined) refuseText(type, text, place, "A TIME is written like 10:20:30.");
      return `TIME '${timeText(micros)}'`;
    }
    case "JSON":
      return jsonCode(text, place);
  }
}

function integerCode(text: string, place: Place): string {
  const value = BigInt(text);
  if (value >= 2n ** 63n) refuse("argument-type", `${text} is too large for an INT64.`, place);
  return value < 2n ** 31n ? `${value}::BIGINT` : String(value);
}

function floatCode(text: string, place: Place): string {
  if (!Number.isFinite(Number(text))) refuse("argument-type", `${text} is too large for a FLOAT64.`, place);
  const digits = text.startsWith(".") ? `0${text}` : text.replace(/\.(?=[eE]|$)/u, ".0");
  return /[eE]/u.test(digits) ? digits : `${digits}e0`;
}

/** The digits of a decimal number without an exponent, or `undefined` for what is none. */
function decimalDigits(text: string): { readonly whole: string; readonly fraction: string } | undefined {
  const {
    whole = "",
    fraction = "",
    exponent = "0",
  } = /^\s*(?<whole>[+-]?\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<exponent>[+-]?\d{1,3}))?\s*$/u.exec(text)?.groups ?? {};
  const sign = whole.startsWith("-") ? "-" : "";
  const digits = whole.replace(/^[+-]/u, "");
  if (digits === "" && fraction === "") return undefined;
  const shift = Number(exponent);
  const all = digits + fraction;
  const point = digits.length + shift;
  const padded = point > all.length ? all.padEnd(point, "0") : point < 0 ? all.padStart(all.length - point, "0") : all;
  const at = Math.max(point, 0);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/u, "");
  return { whole: sign + (before === "" ? "0" : before), fraction: padded.slice(at) };
}

/** DECIMAL(38,9) holds every NUMERIC, and a BIGNUMERIC of no more digits: 29 before the point and 9 behind it. */
function decimalCode(type: "NUMERIC" | "BIGNUMERIC", text: string, place: Place): string {
  const digits = decimalDigits(text);
  if (digits === undefined) refuseText(type, text, place);
  const fraction = digits.fraction.replace(/0+$/u, "");
  const isTooLong = digits.whole.replace("-", "").length > 29;
  if (type === "BIGNUMERIC" && (isTooLong || fraction.length > 9))
    refuseUnsupported("A BIGNUMERIC of more than 29 digits before or 9 digits behind the point", place);
  if (isTooLong) refuseText(type, text, place);
  return `'${digits.whole}${fraction === "" ? "" : `.${fraction}`}'::DECIMAL(38,9)`;
}

function timestampCode(text: string, place: Place): string {
  const parsed = parseTimestamp(text);
  if (parsed === undefined) refuseText("TIMESTAMP", text, place, "A TIMESTAMP is written like 2024-01-31 10:20:30+00.");
  const civil = `${dateText(parsed.civil.days)} ${timeText(parsed.civil.micros)}`;
  const offset = parsed.zone === "" ? 0 : parseOffset(parsed.zone);
  if (offset === undefined) {
    if (!looksLikeZone(parsed.zone)) refuse("argument-type", `There is no time zone "${parsed.zone}".`, place);
    return `gsql_timestamp_at(TIMESTAMP '${civil}', ${quoteText(parsed.zone)})`;
  }
  const sign = offset < 0 ? "-" : "+";
  const minutes = Math.abs(offset) % 60;
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
  return `TIMESTAMPTZ '${civil}${sign}${hours}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}'`;
}

function jsonCode(text: string, place: Place): string {
  const node = parseJson(text);
  if (node === undefined) refuse("argument-type", "This is no JSON.", place);
  return `${quoteText(printJson(normalJson(node)))}::JSON`;
}
