import { describe, expect, it } from "vitest";
import { error } from "../domain/diagnostic.ts";
import type { Step } from "../domain/plan.ts";
import type { StepEnding, StepResult } from "../domain/run-event.ts";
import { describeRunEvent } from "./describe-run-event.ts";

/** The lines of an event that are shown unless all is asked for. */
function shownLines(event: Parameters<typeof describeRunEvent>[0]): ReturnType<typeof describeRunEvent> {
  return describeRunEvent(event).filter(({ level }) => level !== "debug");
}

function stepOf(name: string, given: Partial<Step> = {}): Step {
  return {
    id: `model.shop.${name}`,
    kind: "model",
    name,
    title: `sql incremental model main.${name}`,
    reason: "",
    needs: [],
    functions: [],
    relation: { database: "shop", schema: "main", identifier: name },
    query: undefined,
    path: `models/${name}.sql`,
    script: () => {
      throw new Error("not run here");
    },
    ...given,
  };
}

const test = (name: string): Step =>
  stepOf(name, { kind: "test", title: `test ${name}`, relation: undefined, path: "models/p.yml" });
const seed = stepOf("days", { kind: "seed", title: "seed file main.days", path: "seeds/days.csv" });
const prepare = stepOf("prepare", {
  kind: "prepare",
  title: "schemas main and ledger",
  relation: undefined,
  path: undefined,
});

function resultOf(step: Step, ending: StepEnding): StepResult {
  const startedMs = Date.parse("2022-11-01T00:00:00Z");
  return { step, ending, startedMs, endedMs: startedMs + 1234, thread: 1, statements: [] };
}

const success: StepEnding = { status: "success", message: "OK", rowCount: 3, warnings: [] };
const failure: StepEnding = { status: "error", diagnostics: [error("a", "It is wrong."), error("b", "Twice.")] };
const fail: StepEnding = { status: "fail", failures: 2, message: "Got 2 results, configured to fail if != 0" };
const warn: StepEnding = { status: "warn", failures: 1, message: "Got 1 result, configured to warn if != 0" };
const skipped: StepEnding = { status: "skipped", because: '"dau" did not succeed' };

function textsOf(lines: ReturnType<typeof describeRunEvent>): readonly string[] {
  return lines.map(({ text }) => text);
}

function ended(...results: readonly StepResult[]): ReturnType<typeof describeRunEvent> {
  return shownLines({ kind: "runEnded", results, elapsedMs: 1, interrupted: false });
}

describe("the lines of a run, letter by letter as dbt's tools look for them", () => {
  it("begin with the threads", () => {
    const lines = shownLines({ kind: "runStarted", steps: [prepare, stepOf("dau")], threads: 1, target: "dev" });
    expect(lines).toEqual([
      { code: "Q027", name: "ConcurrencyLine", level: "info", text: "Concurrency: 1 threads (target='dev')", data: {} },
    ]);
  });

  it("say so where there is nothing to do", () => {
    const lines = shownLines({ kind: "runStarted", steps: [], threads: 4, target: "dev" });
    expect(lines).toMatchObject([{ code: "Q035", name: "NothingToDo", level: "warn" }]);
    expect(textsOf(lines)).toEqual(["Nothing to do. Try checking your model configs and model specification args"]);
    expect(ended()).toEqual([]);
  });

  it("tell a beginning", () => {
    const [line] = shownLines({ kind: "stepStarted", step: stepOf("dau"), index: 1, total: 3 });
    expect(line?.text).toBe("1 of 3 START sql incremental model main.dau .................................... [RUN]");
    expect(line).toMatchObject({
      code: "Q011",
      name: "LogStartLine",
      level: "info",
      data: {
        index: 1,
        total: 3,
        node_info: {
          node_name: "dau",
          unique_id: "model.shop.dau",
          node_status: "started",
          resource_type: "model",
          node_path: "models/dau.sql",
          node_started_at: "",
          node_finished_at: "",
          node_relation: { database: "shop", schema: "main", alias: "dau", relation_name: "shop.main.dau" },
        },
      },
    });
  });

  const dau = stepOf("dau");
  it.each([
    [
      dau,
      success,
      "Q012",
      "LogModelResult",
      "info",
      "OK created sql incremental model main.dau",
      "OK (3 rows) in 1.23s",
    ],
    [
      dau,
      { ...success, rowCount: 1 },
      "Q012",
      "LogModelResult",
      "info",
      "OK created sql incremental model main.dau",
      "OK (1 row) in 1.23s",
    ],
    [
      dau,
      { ...success, rowCount: undefined },
      "Q012",
      "LogModelResult",
      "info",
      "OK created sql incremental model main.dau",
      "OK in 1.23s",
    ],
    [
      dau,
      failure,
      "Q012",
      "LogModelResult",
      "error",
      "ERROR creating sql incremental model main.dau",
      "ERROR in 1.23s",
    ],
    [dau, skipped, "Q034", "SkippingDetails", "info", "SKIP relation main.dau", "SKIP"],
    [
      seed,
      { ...success, message: "INSERT 3" },
      "Q016",
      "LogSeedResult",
      "info",
      "OK loaded seed file main.days",
      "INSERT 3 in 1.23s",
    ],
    [seed, failure, "Q016", "LogSeedResult", "error", "ERROR loading seed file main.days", "ERROR in 1.23s"],
    [seed, skipped, "Q034", "SkippingDetails", "info", "SKIP relation main.days", "SKIP"],
    [
      test("unique_m"),
      { status: "pass", failures: 0, message: "" },
      "Q007",
      "LogTestResult",
      "info",
      "PASS unique_m",
      "PASS in 1.23s",
    ],
    [test("unique_m"), warn, "Q007", "LogTestResult", "warn", "WARN 1 unique_m", "WARN 1 in 1.23s"],
    [test("unique_m"), fail, "Q007", "LogTestResult", "error", "FAIL 2 unique_m", "FAIL 2 in 1.23s"],
    [test("unique_m"), failure, "Q007", "LogTestResult", "error", "ERROR unique_m", "ERROR in 1.23s"],
    [test("unique_m"), skipped, "Q034", "SkippingDetails", "info", "SKIP test unique_m", "SKIP"],
  ] as const)("tell the ending of %o", (step, ending, code, name, level, said, status) => {
    const [line, ...others] = shownLines({
      kind: "stepEnded",
      result: resultOf(step, ending),
      index: 2,
      total: 3,
    });
    expect(others).toEqual([]);
    expect(line).toMatchObject({ code, name, level });
    expect(line?.text).toBe(`${`2 of 3 ${said} `.padEnd(80, ".")} [${status}]`);
    expect(line?.data).toMatchObject({
      status: ending.status,
      execution_time: 1.234,
      node_info: {
        node_status: ending.status,
        node_started_at: "2022-11-01T00:00:00.000Z",
        node_finished_at: "2022-11-01T00:00:01.234Z",
      },
    });
  });

  it("leave a long title whole", () => {
    const name = "m".repeat(100);
    const [line] = shownLines({ kind: "stepStarted", step: stepOf(name), index: 1, total: 1 });
    expect(line?.text).toBe(`1 of 1 START sql incremental model main.${name}  [RUN]`);
  });

  it("tell a failed preparation without a number", () => {
    const result = resultOf(prepare, failure);
    const [line] = shownLines({ kind: "stepEnded", result, index: 0, total: 1 });
    expect(line?.text).toBe(`${"ERROR creating schemas main and ledger ".padEnd(80, ".")} [ERROR in 1.23s]`);
  });

  it("end with what all came to", () => {
    const results = [
      resultOf(prepare, success),
      resultOf(seed, success),
      resultOf(dau, failure),
      resultOf(test("t1"), warn),
      resultOf(test("t2"), fail),
      resultOf(test("t3"), { status: "pass", failures: 0, message: "" }),
      resultOf(stepOf("mau"), skipped),
    ];
    const lines = ended(...results);
    expect(textsOf(lines)).toEqual([
      "Completed with 2 errors, 0 partial successes, and 1 warning:",
      "[ERROR] in model dau (models/dau.sql)",
      "  It is wrong. Twice.",
      "[ERROR] in test t2 (models/p.yml)",
      "  Got 2 results, configured to fail if != 0",
      "[WARNING] in test t1 (models/p.yml)",
      "  Got 1 result, configured to warn if != 0",
      "Done. PASS=2 WARN=1 ERROR=2 SKIP=1 NO-OP=0 TOTAL=6",
    ]);
    expect(lines.map(({ code, level }) => `${code} ${level}`)).toEqual([
      "Z030 error",
      "Z022 error",
      "Z024 error",
      "Z022 error",
      "Z024 error",
      "Z021 warn",
      "Z046 warn",
      "Z023 info",
    ]);
    expect(lines.at(-1)?.data).toEqual({
      stats: { PASS: 2, WARN: 1, ERROR: 2, SKIP: 1, "NO-OP": 0, TOTAL: 6 },
    });
  });

  it("sum up success, one error, warnings alone, and an interrupt", () => {
    const summary = (...results: readonly StepResult[]): string | undefined => ended(...results)[0]?.text;
    expect(summary(resultOf(dau, success))).toBe("Completed successfully");
    expect(summary(resultOf(dau, failure))).toBe("Completed with 1 error, 0 partial successes, and 0 warnings:");
    expect(summary(resultOf(test("t"), warn))).toBe("Completed with 1 warning:");
    expect(summary(resultOf(test("t"), warn), resultOf(test("u"), warn))).toBe("Completed with 2 warnings:");
    const [line] = shownLines({
      kind: "runEnded",
      results: [resultOf(dau, skipped)],
      elapsedMs: 1,
      interrupted: true,
    });
    expect(line).toMatchObject({ text: "Exited because of keyboard interrupt", level: "error" });
  });
});
