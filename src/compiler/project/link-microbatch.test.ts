import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Data } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Microbatch } from "../../domain/incremental.ts";
import { linkMicrobatch } from "./link-microbatch.ts";

const whole = { event_time: "at", begin: "2020-01-01", batch_size: "day" };

function link(values: Readonly<Record<string, Data>>): {
  readonly strategy: Microbatch;
  readonly told: readonly string[];
} {
  const diagnostics: Diagnostic[] = [];
  const strategy = linkMicrobatch({ values, spans: {} }, (each) => diagnostics.push(each));
  return { strategy, told: diagnostics.map(told) };
}

describe("a microbatch model", () => {
  it("looks back on one batch unless its config says otherwise", () => {
    expect(link(whole)).toEqual({
      strategy: {
        kind: "microbatch",
        eventTime: "at",
        beginMs: Date.parse("2020-01-01T00:00Z"),
        size: "day",
        lookback: 1,
        isConcurrent: undefined,
      },
      told: [],
    });
  });

  it.each([
    ["2020-01-01 13:30:00", "2020-01-01T13:30Z"],
    ["2020-01-01T13:30", "2020-01-01T13:30Z"],
    ["2020-01-01T13:30:00+02:00", "2020-01-01T11:30Z"],
  ])("begins at %s, in UTC where it does not say", (begin, expected) => {
    expect(link({ ...whole, begin }).strategy.beginMs).toBe(Date.parse(expected));
  });

  it("takes quotes from the name of its column", () => {
    expect(link({ ...whole, event_time: '"At ""it"""' }).strategy.eventTime).toBe('At "it"');
  });

  it.each<[string, Data, string]>([
    ["event_time", null, 'the config "event_time", the name of a column, and has none.'],
    ["event_time", 7, 'the config "event_time", the name of a column, found 7.'],
    ["event_time", "a + b", 'the config "event_time", the name of a column, found "a + b".'],
    ["begin", null, 'the config "begin", a time such as 2024-01-01, and has none.'],
    ["begin", "soon", 'the config "begin", a time such as 2024-01-01, found "soon".'],
    ["lookback", 1.5, 'the config "lookback", a whole number of batches, found 1.5.'],
    ["concurrent_batches", "yes", 'the config "concurrent_batches", true or false, found "yes".'],
    ["batch_size", null, 'the config "batch_size", one of "hour", "day", "month", "year", and has none.'],
  ])("is told where %s is %j", (key, value, message) => {
    expect(link({ ...whole, [key]: value }).told).toEqual([
      `error microbatch nowhere A microbatch model needs ${message}`,
    ]);
  });

  it("is told of a size that there is none of", () => {
    expect(link({ ...whole, batch_size: "week" }).told).toEqual([
      'error config-value nowhere The config "batch_size" cannot be "week". → It is one of "hour", "day", "month", "year".',
    ]);
  });

  it("is told that a key does nothing", () => {
    expect(link({ ...whole, unique_key: "id" }).told[0]).toContain('its "unique_key" does nothing.');
  });
});
