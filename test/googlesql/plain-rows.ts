import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListType,
  DuckDBListValue,
  type DuckDBResultReader,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import { dateText, timeText } from "../../src/compiler/googlesql/calendar/civil.ts";

/** A value as JSON holds it, in the form of the corpus: instants in UTC, bytes as `hex:…`, JSON as `json:…`. */
export type PlainData =
  string | number | boolean | null | readonly PlainData[] | { readonly [field: string]: PlainData };

/** What a statement gave: the columns' names, their GoogleSQL types, and the rows. */
export interface PlainResult {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly PlainData[])[];
}

/** Reads a result of DuckDB in the form of the corpus. */
export function plainResult(reader: DuckDBResultReader): PlainResult {
  const types = reader.columnTypes();
  const rows = reader.getRows().map((row) =>
    row.map((value, index) => {
      const type = types[index];
      if (type === undefined) throw new Error("A row has more values than there are columns.");
      // BigQuery writes a NULL array as an empty one.
      return value === null && type instanceof DuckDBListType ? [] : plainData(value, type);
    }),
  );
  return { names: reader.columnNames(), types: types.map(googleType), rows };
}

const scalarTypes: Readonly<Partial<Record<DuckDBTypeId, string>>> = {
  [DuckDBTypeId.BIGINT]: "INT64",
  [DuckDBTypeId.INTEGER]: "INT64",
  [DuckDBTypeId.VARCHAR]: "STRING",
  [DuckDBTypeId.DOUBLE]: "FLOAT64",
  [DuckDBTypeId.BOOLEAN]: "BOOL",
  [DuckDBTypeId.DATE]: "DATE",
  [DuckDBTypeId.TIME]: "TIME",
  [DuckDBTypeId.TIMESTAMP]: "DATETIME",
  [DuckDBTypeId.TIMESTAMP_TZ]: "TIMESTAMP",
  [DuckDBTypeId.BLOB]: "BYTES",
  [DuckDBTypeId.INTERVAL]: "INTERVAL",
};

/** The GoogleSQL type that a DuckDB type stands for; a DECIMAL for NUMERIC. */
export function googleType(type: DuckDBType): string {
  if (type instanceof DuckDBListType) return `ARRAY<${googleType(type.valueType)}>`;
  if (type instanceof DuckDBDecimalType) return "NUMERIC";
  if (type.alias === "JSON") return "JSON";
  if (type instanceof DuckDBStructType) {
    const fields = type.entryTypes.map((entry, index) => `${type.entryNames[index] ?? ""} ${googleType(entry)}`);
    return `STRUCT<${fields.join(", ")}>`;
  }
  return scalarTypes[type.typeId] ?? String(type);
}

function plainData(value: DuckDBValue, type: DuckDBType): PlainData {
  if (value === null) return null;
  if (type.alias === "JSON") return `json:${JSON.stringify(sortedData(JSON.parse(String(value))))}`;
  if (typeof value === "bigint") return wholeNumber(value);
  if (typeof value === "number") return floatNumber(value);
  if (typeof value !== "object") return value;
  if (value instanceof DuckDBDecimalValue) return decimalText(value.toString());
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimeValue) return timeText(Number(value.micros));
  if (value instanceof DuckDBTimestampValue) return datetimeText(value.micros);
  if (value instanceof DuckDBTimestampTZValue) return `${datetimeText(value.micros)}+00`;
  if (value instanceof DuckDBBlobValue) return `hex:${Buffer.from(value.bytes).toString("hex")}`;
  if (value instanceof DuckDBIntervalValue) return intervalText(value);
  if (value instanceof DuckDBListValue && type instanceof DuckDBListType)
    return value.items.map((item) => plainData(item, type.valueType));
  if (value instanceof DuckDBStructValue && type instanceof DuckDBStructType)
    return Object.fromEntries(
      type.entryTypes.map((entryType, index): [string, PlainData] => {
        const name = type.entryNames[index] ?? "";
        return [name, plainData(value.entries[name] ?? null, entryType)];
      }),
    );
  throw new Error(`A value of the type ${String(type)} has no plain form.`);
}

function wholeNumber(value: bigint): PlainData {
  const isSafe = value <= 9_007_199_254_740_992n && value >= -9_007_199_254_740_992n;
  return isSafe ? Number(value) : String(value);
}

function floatNumber(value: number): PlainData {
  if (!Number.isFinite(value)) return String(value);
  return value === 0 ? 0 : value;
}

function decimalText(text: string): string {
  const short = text.includes(".") ? text.replace(/\.?0+$/u, "") : text;
  return short === "-0" ? "0" : short;
}

function datetimeText(micros: bigint): string {
  const ofDay = Number(((micros % 86_400_000_000n) + 86_400_000_000n) % 86_400_000_000n);
  const days = Number((micros - BigInt(ofDay)) / 86_400_000_000n);
  return `${dateText(days)} ${timeText(ofDay)}`;
}

function intervalText({ months, days, micros }: DuckDBIntervalValue): string {
  const [year, month] = [Math.trunc(Math.abs(months) / 12), Math.abs(months) % 12];
  const distance = micros < 0n ? -micros : micros;
  const seconds = distance / 1_000_000n;
  const fraction = String(distance % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/u, "");
  const clock = `${seconds / 3600n}:${(seconds / 60n) % 60n}:${seconds % 60n}${fraction === "" ? "" : `.${fraction}`}`;
  return `${months < 0 ? "-" : ""}${year}-${month} ${days} ${micros < 0n ? "-" : ""}${clock}`;
}

/** JSON with the members of its objects sorted, so that equal values have equal texts. */
export function sortedData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedData);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sortedData(member)]),
  );
}

/** Whether two values are the same; floating-point numbers may differ in their last digit. */
function isSameData(left: PlainData, right: PlainData): boolean {
  if (typeof left === "number" && typeof right === "number")
    return left === right || Math.abs(left - right) <= 2e-15 * Math.max(Math.abs(left), Math.abs(right));
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, index) => isSameData(item, right[index] ?? null));
  if (isRecord(left) && isRecord(right)) {
    const names = Object.keys(left);
    const areSame = names.every((name) => name in right && isSameData(left[name] ?? null, right[name] ?? null));
    return areSame && names.length === Object.keys(right).length;
  }
  return left === right;
}

function isList(value: PlainData): value is readonly PlainData[] {
  return Array.isArray(value);
}

function isRecord(value: PlainData): value is Readonly<Record<string, PlainData>> {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether two results have the same rows, in the same order or, as a query without ORDER BY gives them, in any. */
export function areSameRows(
  left: PlainResult["rows"],
  right: PlainResult["rows"],
  order: "ordered" | "unordered",
): boolean {
  if (order === "ordered") return isSameData(left, right);
  const sorted = (rows: PlainResult["rows"]): PlainResult["rows"] =>
    [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return isSameData(sorted(left), sorted(right));
}
