import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Data } from "../../../domain/data.ts";

/** `2022-10-01 14:44:35.546`: the fraction only where there is one, and no zeros behind it. */
function civilText(micros: bigint): string {
  return new DuckDBTimestampValue(micros).toString();
}

/** A value as answers carry it: exact, plain, and the same whatever time zone the process runs in. */
export function readValue(value: DuckDBValue): Data {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint")
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
  // Its own text would be in the process' time zone.
  if (value instanceof DuckDBTimestampTZValue) return `${civilText(value.micros)}+00`;
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(readValue);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([key, field]) => [key, readValue(field)]));
  if (value instanceof DuckDBMapValue)
    return value.entries.map((entry) => ({ key: readValue(entry.key), value: readValue(entry.value) }));
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  return value.toString();
}
