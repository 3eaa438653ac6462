import { describe, expect, it } from "vitest";
import { spanText } from "../../domain/source-file.ts";
import { cellSpan, lineSpan } from "./cell-span.ts";

const file = { path: "seeds/s.csv", text: 'a,b,c\r\n1,"x, ""y""\nz",3\n4,,q"r' };

describe("a cell's place", () => {
  it.each([
    [1, 0, "a"],
    [1, 2, "c"],
    [2, 1, '"x, ""y""\nz"'],
    [2, 2, "3"],
    [4, 1, ""],
    [4, 2, 'q"r'],
    [4, 5, ""],
  ])("in line %i at %i is %j", (line, index, expected) => {
    expect(spanText(cellSpan(file, { line, index, delimiter: "," }))).toBe(expected);
  });

  it("is within its line, which ends before the line break", () => {
    expect(spanText(lineSpan(file, 1))).toBe("a,b,c");
    expect(spanText(lineSpan(file, 4))).toBe('4,,q"r');
  });
});
