import { describe, expect, it } from "vitest";
import { repeatsWork } from "./repeats-work.ts";

describe("what may fail twice in SQL", () => {
  it.each([
    ["gsql_timestamp_in_range(timezone('UTC', make_timestamp(x * 1000)))", true],
    ["CASE WHEN (a * b) > 1 THEN (a * b) END", true],
    ["gsql_timestamp_in_range(x)", false],
    ["gsql_int64(x)", false],
    ["gsql_timestamp_of_text(x, 'UTC')", false],
    ["x + y", false],
    ["'f(1) + f(1)'", false],
  ])("is seen through macros: %s", (sql, expected) => {
    expect(repeatsWork(sql)).toBe(expected);
  });
});
