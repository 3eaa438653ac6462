import { describe, expect, it } from "vitest";
import { parseSampleOptions, sampleHelp } from "./sample-options.ts";

describe("parseSampleOptions", () => {
  it("takes the documented values where an option is left out", () => {
    expect(parseSampleOptions(["--out", "DIR"])).toEqual({
      kind: "generate",
      out: "DIR",
      settings: {
        seed: "aquatech",
        start: "2022-10-01",
        days: 61,
        filesPerDay: 1600,
        eventsPerFile: 10,
        users: 20_000,
        late: 0.03,
        duplicates: 0.01,
        corrections: 0.005,
        moves: 0,
        malformed: 0.001,
      },
    });
  });

  it("reads every option", () => {
    const args = "--out d --seed -1 --start 2024-02-29 --days 2 --files-per-day=86400 --events-per-file 0.5 --users 7";
    const rates = "--late 1 --duplicates 0.1 --corrections 0.2 --moves 0.3 --malformed 0";
    expect(parseSampleOptions(`${args} ${rates}`.split(" "))).toEqual({
      kind: "generate",
      out: "d",
      settings: {
        seed: "-1",
        start: "2024-02-29",
        days: 2,
        filesPerDay: 86_400,
        eventsPerFile: 0.5,
        users: 7,
        late: 1,
        duplicates: 0.1,
        corrections: 0.2,
        moves: 0.3,
        malformed: 0,
      },
    });
  });

  it("writes the example into raw_data unless told otherwise", () => {
    expect(parseSampleOptions(["--example"])).toEqual({ kind: "example", out: "raw_data" });
    expect(parseSampleOptions(["--example", "--out", "d"])).toEqual({ kind: "example", out: "d" });
  });

  it("offers help before it minds anything else", () => {
    expect(parseSampleOptions(["--help", "--days", "none"])).toEqual({ kind: "help" });
    expect(sampleHelp).toContain("--files-per-day 1600");
  });

  it.each([
    ["", 'The option "--out DIR" says where to write, and is missing.'],
    ["--out", 'The option "--out" wants a value.'],
    ["--out --days 3", 'The option "--out" wants a value.'],
    ["--out d --dayz 3", 'There is no option "--dayz"; "--help" shows what there is.'],
    ["--out d -x", 'There is no option "-x"; "--help" shows what there is.'],
    ["d", 'No option takes "d"; "--help" shows what there is.'],
    ["--help=yes", 'The option "--help" takes no value.'],
    ["--out d --days 0", 'The option "--days" wants a whole number from 1 to 3660, not "0".'],
    ["--out d --days 1.5", 'The option "--days" wants a whole number from 1 to 3660, not "1.5".'],
    ["--out d --days many", 'The option "--days" wants a whole number from 1 to 3660, not "many".'],
    [
      "--out d --files-per-day 86401",
      'The option "--files-per-day" wants a whole number from 1 to 86400, not "86401".',
    ],
    ["--out d --late 1.01", 'The option "--late" wants a number from 0 to 1, not "1.01".'],
    ["--out d --late -1", 'The option "--late" wants a number from 0 to 1, not "-1".'],
    [
      "--out d --start 2022-02-30",
      'The option "--start" wants a day such as 2022-10-01 between 1980 and 2899, not "2022-02-30".',
    ],
    [
      "--out d --start 1969-12-31",
      'The option "--start" wants a day such as 2022-10-01 between 1980 and 2899, not "1969-12-31".',
    ],
    ["--example --days 3", 'The example has fixed settings: "--days" does not go with "--example".'],
    [
      "--out d --duplicates 0.6 --corrections 0.6",
      'The rates "--duplicates", "--corrections" and "--moves" are more than 1 together.',
    ],
  ])("refuses %j in one sentence", (line, message) => {
    expect(parseSampleOptions(line.split(" ").filter((arg) => arg !== ""))).toEqual({ kind: "wrong", message });
  });
});
