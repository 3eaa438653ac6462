import { describe, expect, it } from "vitest";
import { lineText, offsetAt, positionAt, type SourceFile } from "./source-file.ts";

const file: SourceFile = { path: "a.sql", text: "one\r\ntwo é\n\nlast" };

describe("a source file", () => {
  it("counts lines and columns from 1", () => {
    expect(positionAt(file, 0)).toEqual({ line: 1, column: 1 });
    expect(positionAt(file, 5)).toEqual({ line: 2, column: 1 });
    expect(positionAt(file, 9)).toEqual({ line: 2, column: 5 });
    expect(positionAt(file, 999)).toEqual({ line: 4, column: 5 });
  });

  it("finds the offset of a position again", () => {
    for (let offset = 0; offset <= file.text.length; offset++)
      expect(offsetAt(file, positionAt(file, offset))).toBe(offset);
  });

  it("gives a line without its break", () => {
    expect([1, 2, 3, 4, 5].map((line) => lineText(file, line))).toEqual(["one", "two é", "", "last", ""]);
  });
});
