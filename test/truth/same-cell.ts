import { isDeepStrictEqual } from "node:util";
import { readInstant } from "./read-instant.ts";
import type { EventRow } from "./read-record.ts";

/** A value as a table holds it. */
export type Cell = string | number | null;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sameJson(expected: string, actual: string): boolean {
  const value = asJson(expected);
  return value !== undefined && isDeepStrictEqual(value, asJson(actual));
}

function sameNumber(expected: string, actual: string): boolean {
  return expected.trim() !== "" && Number(expected) === Number(actual);
}

/**
 * True when a table's cell says what the truth says: coordinates by value (`106.8440` is 106.844), `elements` as JSON,
 * times as instants, everything else letter for letter, with null apart from an empty text.
 */
export function sameCell(column: keyof EventRow, expected: string | null, actual: Cell): boolean {
  if (expected === null || actual === null) {
    return expected === actual;
  }
  const text = String(actual);
  if (expected === text) {
    return true;
  }
  switch (column) {
    case "geoip_latitude":
    case "geoip_longitude":
      return sameNumber(expected, text);
    case "elements":
      return sameJson(expected, text);
    case "event_time": {
      const instant = readInstant(text);
      return instant !== undefined && instant.text === readInstant(expected)?.text;
    }
    default:
      return false;
  }
}
