import { describe, expect, it } from "vitest";
import { readPlainScalar } from "./read-plain-scalar.ts";

describe("a plain YAML scalar", () => {
  it.each([
    ["true", true],
    ["Yes", true],
    ["ON", true],
    ["False", false],
    ["no", false],
    ["off", false],
  ])("%s is the truth value that PyYAML reads", (text, value) => {
    expect(readPlainScalar(text)).toBe(value);
  });

  it.each(["y", "n", "Y", "tRUE", "yES", "none", "None", "nULL"])("%s is text", (text) => {
    expect(readPlainScalar(text)).toBe(text);
  });

  it.each(["", "~", "null", "Null", "NULL"])("%j is nothing", (text) => {
    expect(readPlainScalar(text)).toBeNull();
  });

  it.each([
    ["0", 0],
    ["42", 42],
    ["-7", -7],
    ["+7", 7],
    ["1_000", 1000],
    ["010", 8],
    ["0x1F", 31],
    ["0b101", 5],
    ["10:30", 630],
    ["1:00:00", 3600],
    ["-1:30", -90],
    ["9007199254740991", 9_007_199_254_740_991],
  ])("%s is a whole number", (text, value) => {
    expect(readPlainScalar(text)).toBe(value);
  });

  it.each([
    ["1.0", 1],
    ["1.50", 1.5],
    [".5", 0.5],
    ["1.", 1],
    ["1.5e+3", 1500],
    ["-2.5", -2.5],
    ["1_0.5", 10.5],
  ])("%s is a number with a point", (text, value) => {
    expect(readPlainScalar(text)).toBe(value);
  });

  it.each(["1e3", "1.5e3", "08", "0o10", "1 000", "2024-01-05", "2024-01-05 10:00:00", ".inf", ".nan", ".", "-", "0x"])(
    "%s is text",
    (text) => {
      expect(readPlainScalar(text)).toBe(text);
    },
  );

  it.each([
    ["9007199254740993", "9007199254740993"],
    ["-12_345_678_901_234_567_890", "-12345678901234567890"],
    ["0xFFFFFFFFFFFFFFFF", "18446744073709551615"],
  ])("%s keeps all of its digits, as text", (text, digits) => {
    expect(readPlainScalar(text)).toBe(digits);
  });
});
