import type { Data } from "../../domain/data.ts";
import { error } from "../../domain/diagnostic.ts";
import type { CompiledTest, StoredFailures } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import { execute, type Row, rowsOf, type Script } from "../../domain/script.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A count beyond 2^53 comes as text; anything but a number counts nothing. */
function countOf(value: Data | undefined): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

/** The condition as the message tells it; dbt's default where the config says nothing. */
function condition({ config }: CompiledTest, key: "warn_if" | "error_if"): string {
  const value = config[key];
  return typeof value === "string" ? value : "!= 0";
}

function uncounted(test: CompiledTest, rows: readonly Row[]): Outcome {
  const found = rows.length === 1 ? "its fail_calc gives no number" : `its query gives ${rows.length} rows`;
  return {
    status: "error",
    diagnostics: [
      error("uncounted-test", `The failures of the test "${test.name}" cannot be counted: ${found}.`, {
        span: test.span,
        hint: "A fail_calc is one aggregate that is a number for no rows too, such as coalesce(sum(n), 0).",
      }),
    ],
  };
}

/** A test, with all functions of the prelude that its queries call. */
export interface PlannedTest {
  readonly test: CompiledTest;
  readonly functions: readonly string[];
  /** Whether it fails where it would only warn. */
  readonly failsOnWarnings: boolean;
}

/** Puts the rows that fail a test in place of those of the last time. */
function* store(
  { stored, functions }: { readonly stored: StoredFailures; readonly functions: readonly string[] },
  existing: RelationKind | undefined,
  { dialect }: WarehouseSql,
): Script<undefined> {
  const { relation, as, rows } = stored;
  yield* execute(
    ...(as === "view"
      ? [
          ...dialect.createFunctions(relation, functions),
          ...dialect.replaceView(relation, existing, { query: rows.statement }),
        ]
      : dialect.replaceTable(relation, existing, { query: rows.statement })),
  );
  return undefined;
}

/** A test's query yields one row: how many failures, and whether they are worth a warning or an error (CONFORMANCE_CASES §9). */
export function* dataTest(
  { test, functions, failsOnWarnings }: PlannedTest,
  existing: RelationKind | undefined,
  sql: WarehouseSql,
): Script<Outcome> {
  const { stored } = test;
  if (stored !== undefined) yield* store({ stored, functions }, existing, sql);
  const rows = yield* rowsOf(test.query.statement);
  const [row] = rows;
  const failures = countOf(row?.["failures"]);
  if (row === undefined || rows.length > 1 || failures === undefined) return uncounted(test, rows);
  const found = `Got ${failures} ${failures === 1 ? "result" : "results"}, configured to`;
  if (test.severity === "error" && row["should_error"] === true)
    return { status: "fail", failures, message: `${found} fail if ${condition(test, "error_if")}` };
  if (row["should_warn"] === true && failsOnWarnings)
    return { status: "fail", failures, message: `${found} fail if ${condition(test, "warn_if")}` };
  if (row["should_warn"] === true)
    return { status: "warn", failures, message: `${found} warn if ${condition(test, "warn_if")}` };
  return { status: "pass", failures: 0, message: "" };
}
