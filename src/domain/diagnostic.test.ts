import { describe, expect, it } from "vitest";
import { error, inReadingOrder } from "./diagnostic.ts";

describe("diagnostics", () => {
  it("are read by file, then by place, those without a place first", () => {
    const at = (path: string, start: number): ReturnType<typeof error> =>
      error(`${path}${String(start)}`, "No.", { span: { file: { path, text: "" }, start, end: start } });
    const found = inReadingOrder([at("b", 9), at("a", 5), error("none", "No."), at("b", 1), at("a", 5)]);
    expect(found.map(({ code }) => code)).toEqual(["none", "a5", "a5", "b1", "b9"]);
  });
});
