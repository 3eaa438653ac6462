import { describe, expect, it } from "vitest";
import { parseSample } from "./parse-sample.ts";

const now = Date.parse("2024-03-31T10:30:00Z") * 1000;

function sample(text: string): readonly string[] {
  const { startMs, endMs } = parseSample(text, now);
  return [new Date(startMs).toISOString(), new Date(endMs).toISOString()];
}

describe("--sample", () => {
  it("is a stretch of time up to now, or between two times", () => {
    expect(sample("3 days")).toEqual(["2024-03-28T10:30:00.000Z", "2024-03-31T10:30:00.000Z"]);
    expect(sample("1 hour")).toEqual(["2024-03-31T09:30:00.000Z", "2024-03-31T10:30:00.000Z"]);
    expect(sample("{start: 2024-01-01, end: '2024-02-01T12:00:00'}")).toEqual([
      "2024-01-01T00:00:00.000Z",
      "2024-02-01T12:00:00.000Z",
    ]);
  });

  it.each(["3", "three days", "3 weeks", "{start: 2024-01-01}", "{start: 2024-02-01, end: 2024-01-01}"])(
    "%s is refused",
    (text) => {
      expect(() => parseSample(text, now)).toThrow("is no window for --sample");
    },
  );
});
