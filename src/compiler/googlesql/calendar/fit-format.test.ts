import { describe, expect, it } from "vitest";
import { fitFormat, foreignElement } from "./fit-format.ts";

describe("a format", () => {
  it.each([
    ["%Y %H%%", "DATE", "%Y %%H%%"],
    ["%Y-%m-%d", "DATE", "%Y-%m-%d"],
    ["%T %E4Y %Ez", "TIME", "%T %%E4Y %%Ez"],
    ["%F %T %Z", "DATETIME", "%F %T %%Z"],
    ["%F %T %Z", "TIMESTAMP", "%F %T %Z"],
  ])("%s of a %s has only that type's elements", (format, type, expected) => {
    expect(fitFormat(format, type)).toBe(expected);
  });

  it("names the first element that values of a type lack", () => {
    expect(foreignElement("%Y %E3S %H", "DATE")).toBe("%E3S");
    expect(foreignElement("%H:%M", "TIME")).toBeUndefined();
  });
});
