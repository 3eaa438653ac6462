import { describe, expect, it } from "vitest";
import { isInRange, windowEndMs, windowLabel, windowName, windowOf } from "./window.ts";

describe("a window", () => {
  it("A1: holds its whole hour and not the next instant, in hour 23 too", () => {
    const start = Date.parse("2022-10-31T23:00:00Z");
    const window = windowOf(Date.parse("2022-10-31T23:59:59.999Z"));
    expect(window).toEqual({ startMs: start });
    expect(windowOf(start)).toEqual(window);
    expect(windowOf(start - 1)).not.toEqual(window);
    expect(windowOf(windowEndMs(window))).toEqual({ startMs: Date.parse("2022-11-01T00:00:00Z") });
  });

  it("has a name of fourteen digits twice, and a label for people", () => {
    const window = windowOf(Date.parse("2022-12-31T23:12:00Z"));
    expect(windowName(window)).toBe("20221231230000_20230101000000");
    expect(windowLabel(window)).toBe("2022-12-31 23:00");
  });

  it("is in a range whose start it has, not in one whose end it has", () => {
    const window = windowOf(Date.parse("2022-10-01T03:00:00Z"));
    const next = windowEndMs(window);
    expect(isInRange(window, { startMs: undefined, endMs: undefined })).toBe(true);
    expect(isInRange(window, { startMs: window.startMs, endMs: next })).toBe(true);
    expect(isInRange(window, { startMs: window.startMs + 1, endMs: undefined })).toBe(false);
    expect(isInRange(window, { startMs: undefined, endMs: window.startMs })).toBe(false);
  });
});
