import { describe, expect, it } from "vitest";
import { parseLiteral } from "./parse-literal.ts";
import { reprValue } from "../values/print-value.ts";

describe("Python's literals", () => {
  it.each([
    ["42", "42"],
    ["-1.5", "-1.5"],
    ["'a' \"b\"", "'ab'"],
    ["True", "True"],
    ["None", "None"],
    ["[1, (2,), {'a': [],},]", "[1, (2,), {'a': []}]"],
    ["( 1 )", "1"],
    ["()", "()"],
    ["9007199254740993", "9007199254740993"],
  ])("are read: %s", (literal, repr) => {
    const value = parseLiteral(literal);
    expect(value === undefined ? undefined : reprValue(value)).toBe(repr);
  });

  it.each([
    "",
    "true",
    "a",
    "1 2",
    "[1",
    "1 +",
    "'a",
    "042",
    "f(1)",
    "{1}",
    "[,]",
    "1a",
    "'\\x1'",
    "--",
    "(".repeat(5000),
  ])("are nothing else: %s", (other) => {
    expect(parseLiteral(other)).toBeUndefined();
  });
});
