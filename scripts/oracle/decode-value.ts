import { dateText, timeText } from "../../src/compiler/googlesql/calendar/civil.ts";
import { type PlainData, sortedData } from "../../test/googlesql/plain-rows.ts";
import { listOf, member, textOf } from "./foreign.ts";

const scalarNames: Readonly<Record<string, string>> = {
  TYPE_INT64: "INT64",
  TYPE_DOUBLE: "FLOAT64",
  TYPE_STRING: "STRING",
  TYPE_BYTES: "BYTES",
  TYPE_BOOL: "BOOL",
  TYPE_DATE: "DATE",
  TYPE_TIMESTAMP: "TIMESTAMP",
  TYPE_DATETIME: "DATETIME",
  TYPE_TIME: "TIME",
  TYPE_NUMERIC: "NUMERIC",
  TYPE_BIGNUMERIC: "BIGNUMERIC",
  TYPE_JSON: "JSON",
  TYPE_INTERVAL: "INTERVAL",
};

function fieldsOf(type: unknown): readonly unknown[] {
  return listOf(member(member(type, "structType"), "field"));
}

/** A type of the reference implementation's, as people write it. */
export function decodeType(type: unknown): string {
  const kind = textOf(member(type, "typeKind"));
  if (kind === "TYPE_ARRAY") return `ARRAY<${decodeType(member(member(type, "arrayType"), "elementType"))}>`;
  if (kind !== "TYPE_STRUCT") return scalarNames[kind] ?? kind;
  const fields = fieldsOf(type).map((field) =>
    `${textOf(member(field, "fieldName"))} ${decodeType(member(field, "fieldType"))}`.trim(),
  );
  return `STRUCT<${fields.join(", ")}>`;
}

function bytesOf(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new Error("Bytes were expected.");
  return Buffer.from(value);
}

/** A whole number in two's complement, lowest byte first, of which the last `scale` digits are behind the point. */
function decodeDecimal(bytes: Buffer, scale: number): string {
  let number = 0n;
  for (const byte of bytes.toReversed()) number = (number << 8n) | BigInt(byte);
  const signed = bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, number);
  const digits = String(signed < 0n ? -signed : signed).padStart(scale + 1, "0");
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/u, "");
  return signed < 0n ? `-${text}` : text;
}

function bitsOf(value: bigint, at: number, width: number): number {
  return Number((value >> BigInt(at)) & ((1n << BigInt(width)) - 1n));
}

function clockText(packed: bigint, nanos: number): string {
  const seconds = bitsOf(packed, 12, 5) * 3600 + bitsOf(packed, 6, 6) * 60 + bitsOf(packed, 0, 6);
  return timeText(seconds * 1_000_000 + nanos / 1000);
}

function decodeDatetime(value: unknown): string {
  const packed = BigInt(textOf(member(value, "bitFieldDatetimeSeconds")));
  const nanos = Number(textOf(member(value, "nanos")));
  const date = [bitsOf(packed, 26, 14), bitsOf(packed, 22, 4), bitsOf(packed, 17, 5)];
  return `${date.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-")} ${clockText(packed, nanos)}`;
}

function decodeTimestamp(value: unknown): string {
  const seconds = Number(textOf(member(value, "seconds")));
  const days = Math.floor(seconds / 86_400);
  const micros = (seconds - days * 86_400) * 1_000_000 + Number(textOf(member(value, "nanos"))) / 1000;
  return `${dateText(days)} ${timeText(micros)}+00`;
}

/** Microseconds, days and months in sixteen bytes; the months are sign and magnitude. */
function decodeInterval(bytes: Buffer): string {
  const micros = bytes.readBigInt64LE(0);
  const packed = bytes.readUInt32LE(12);
  const months = (packed & 0x7fffffff) >>> 13;
  const sign = packed > 0x7fffffff ? "-" : "";
  const distance = micros < 0n ? -micros : micros;
  const seconds = distance / 1_000_000n;
  const fraction = String(distance % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/u, "");
  const clock = `${seconds / 3600n}:${(seconds / 60n) % 60n}:${seconds % 60n}${fraction === "" ? "" : `.${fraction}`}`;
  return `${sign}${Math.floor(months / 12)}-${months % 12} ${bytes.readInt32LE(8)} ${micros < 0n ? "-" : ""}${clock}`;
}

function wholeNumber(text: string): PlainData {
  const value = BigInt(text);
  return value <= 9_007_199_254_740_992n && value >= -9_007_199_254_740_992n ? Number(value) : text;
}

function floatNumber(value: unknown): PlainData {
  const number = typeof value === "number" ? value : Number(textOf(value));
  return Number.isFinite(number) ? (number === 0 ? 0 : number) : String(number);
}

/** A value of the reference implementation's in the form of the corpus. */
export function decodeValue(value: unknown, type: unknown): PlainData {
  const kind = value === null || value === undefined ? "" : textOf(member(value, "value"));
  if (kind === "") return null;
  const given = member(value, kind);
  switch (kind) {
    case "int64Value":
      return wholeNumber(textOf(given));
    case "boolValue":
      return given === true;
    case "stringValue":
      return textOf(given);
    case "doubleValue":
      return floatNumber(given);
    case "bytesValue":
      return `hex:${bytesOf(given).toString("hex")}`;
    case "dateValue":
      return dateText(Number(textOf(given)));
    case "timestampValue":
      return decodeTimestamp(given);
    case "datetimeValue":
      return decodeDatetime(given);
    case "timeValue": {
      const packed = BigInt(textOf(given));
      return clockText(packed >> 30n, bitsOf(packed, 0, 30));
    }
    case "numericValue":
      return decodeDecimal(bytesOf(given), 9);
    case "bignumericValue":
      return decodeDecimal(bytesOf(given), 38);
    case "jsonValue":
      return `json:${JSON.stringify(sortedData(JSON.parse(textOf(given))))}`;
    case "intervalValue":
      return decodeInterval(bytesOf(given));
    case "arrayValue": {
      const element = member(member(type, "arrayType"), "elementType");
      return listOf(member(given, "element")).map((item) => decodeValue(item, element));
    }
    case "structValue": {
      const fields = fieldsOf(type);
      const entries = listOf(member(given, "field")).map((item, index): [string, PlainData] => {
        const name = textOf(member(fields[index], "fieldName"));
        return [name === "" ? `_${index + 1}` : name, decodeValue(item, member(fields[index], "fieldType"))];
      });
      return Object.fromEntries(entries);
    }
    default:
      throw new Error(`A value of the kind ${kind} has no plain form.`);
  }
}
