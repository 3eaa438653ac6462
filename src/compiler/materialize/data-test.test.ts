import { describe, expect, it } from "vitest";
import { answerScript } from "../../../test/answer-script.ts";
import { queryOf, relationOf, testOf } from "../../../test/literal-resources.ts";
import type { Data } from "../../domain/data.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import type { Script } from "../../domain/script.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { dataTest } from "./data-test.ts";

const sql = { dialect: duckdb, ledgerDialect: duckdbLedger, ledger: relationOf(""), runId: "run", now: 0 };

function script(test: CompiledTest, existing?: RelationKind): Script<Outcome> {
  return dataTest({ test, functions: [], failsOnWarnings: false }, existing, sql);
}

function outcomeOf(
  [failures, shouldWarn, shouldError]: readonly [Data, Data, Data],
  given: Partial<CompiledTest> = {},
): Outcome {
  const row = { failures, should_warn: shouldWarn, should_error: shouldError };
  return answerScript(script(testOf("unique_m_id", ["model.shop.m"], given)), { rows: [row] }).ended;
}

describe("a test's outcome", () => {
  it("is dbt's, by severity and conditions", () => {
    expect(outcomeOf([0, false, false])).toEqual({ status: "pass", failures: 0, message: "" });
    expect(outcomeOf([2, true, true])).toEqual({
      status: "fail",
      failures: 2,
      message: "Got 2 results, configured to fail if != 0",
    });
    expect(outcomeOf([1, true, false], { config: { warn_if: "> 0", error_if: "> 1" } })).toEqual({
      status: "warn",
      failures: 1,
      message: "Got 1 result, configured to warn if > 0",
    });
    expect(outcomeOf([3, true, true], { severity: "warn" })).toMatchObject({ status: "warn", failures: 3 });
    expect(outcomeOf([3, false, true], { severity: "warn" })).toMatchObject({ status: "pass" });
    expect(outcomeOf([3, false, true], { config: { error_if: "> 2" } })).toMatchObject({
      status: "fail",
      message: "Got 3 results, configured to fail if > 2",
    });
  });

  it("counts beyond what a number holds exactly, and fractions", () => {
    expect(outcomeOf(["9223372036854775807", true, true])).toMatchObject({ status: "fail", failures: 2 ** 63 });
    expect(outcomeOf(["0.500000000", true, true])).toMatchObject({ status: "fail", failures: 0.5 });
  });

  it("is an error where nothing was counted, and not a pass", () => {
    const test = testOf("t", ["model.shop.m"]);
    const uncounted = (found: string): unknown => ({
      status: "error",
      diagnostics: [
        {
          code: "uncounted-test",
          severity: "error",
          message: `The failures of the test "t" cannot be counted: ${found}.`,
          span: test.span,
          hint: "A fail_calc is one aggregate that is a number for no rows too, such as coalesce(sum(n), 0).",
        },
      ],
    });
    const rows = (...each: readonly Data[]): Outcome =>
      answerScript(script(test), {
        rows: each.map((failures) => ({ failures, should_warn: false, should_error: false })),
      }).ended;
    expect(rows(null)).toEqual(uncounted("its fail_calc gives no number"));
    expect(rows("many")).toEqual(uncounted("its fail_calc gives no number"));
    expect(rows()).toEqual(uncounted("its query gives 0 rows"));
    expect(rows(1, 2)).toEqual(uncounted("its query gives 2 rows"));
  });

  it.each([
    ["table", undefined, ['create or replace table "memory"."main"."kept" as (\nselect 1 as x\n)']],
    ["view", undefined, ['create or replace view "memory"."main"."kept" as (\nselect 1 as x\n)']],
    [
      "view",
      "table",
      ['drop table "memory"."main"."kept"', 'create or replace view "memory"."main"."kept" as (\nselect 1 as x\n)'],
    ],
  ] as const)("is counted in the %s where its rows are kept, over %s", (as, existing, statements) => {
    const stored = { relation: relationOf("kept"), as, rows: queryOf("select 1 as x") };
    const test = testOf("t", ["model.shop.m"], { stored, query: queryOf("count kept") });
    const row = { failures: 0, should_warn: false, should_error: false };
    expect(answerScript(script(test, existing), 1, { rows: [row] })).toEqual({
      asked: [statements, "count kept"],
      ended: { status: "pass", failures: 0, message: "" },
    });
  });
});
