import { describe, expect, it } from "vitest";
import { judgeFreshness } from "./freshness.ts";

describe("the freshness of a source", () => {
  const hour = 3_600_000;
  const criteria = {
    warnAfter: { count: 1, period: "hour" },
    errorAfter: { count: 1, period: "day" },
    filter: undefined,
  } as const;

  it.each([
    [0, "pass"],
    [hour, "pass"],
    [hour + 1, "warn"],
    [24 * hour, "warn"],
    [24 * hour + 1, "error"],
  ])("of %i ms is %s", (age, expected) => {
    expect(judgeFreshness(age, criteria)).toBe(expected);
  });

  it("is judged by the limits that there are", () => {
    expect(judgeFreshness(90 * hour, { ...criteria, errorAfter: undefined })).toBe("warn");
    expect(judgeFreshness(90 * hour, { ...criteria, warnAfter: undefined })).toBe("error");
    expect(judgeFreshness(90 * hour, { warnAfter: undefined, errorAfter: undefined, filter: undefined })).toBe("pass");
  });
});
