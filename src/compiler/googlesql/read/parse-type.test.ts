import { describe, expect, it } from "vitest";
import { typeText } from "../type/data-type.ts";
import { parseType } from "./parse-type.ts";

describe("parseType", () => {
  it.each([
    ["int64", "INT64"],
    ["Decimal", "NUMERIC"],
    ["BOOLEAN", "BOOL"],
    ["array<struct<sku string, `a b` array<int64>>>", "ARRAY<STRUCT<sku STRING, a b ARRAY<INT64>>>"],
    ["STRUCT<INT64, x FLOAT64>", "STRUCT<INT64, x FLOAT64>"],
    ["STRING(10)", "STRING"],
    ["NUMERIC(10, 2)", "NUMERIC"],
  ])("reads %s", (text, expected) => {
    expect(typeText(parseType(text))).toBe(expected);
  });

  it.each([
    ["integr", 'There is no type "integr".'],
    ["array<array<int64>>", "An array of arrays is not a type."],
    ["array<int64", 'A type is not complete: ">" is missing.'],
    ["array<int64>>", 'A type has one ">" too many.'],
    ["int64 x", '"x" does not belong to a type.'],
    ["geography", "The type GEOGRAPHY is not supported on DuckDB."],
  ])("refuses %s", (text, message) => {
    expect(() => parseType(text)).toThrow(message);
  });
});
