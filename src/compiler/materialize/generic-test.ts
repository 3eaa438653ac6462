import type { Data } from "../../domain/data.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import { rowsOf, type Script } from "../../domain/script.ts";

function count(value: Data | undefined): number {
  return typeof value === "number" ? value : Number(value ?? 0);
}

/** A test's query yields one row: how many failures, and whether they are worth a warning or an error (CONFORMANCE_CASES §9). */
export function* genericTest(test: CompiledTest): Script<Outcome> {
  const [row] = yield* rowsOf(test.query.statement);
  const failures = count(row?.["failures"]);
  const found = `Got ${failures} ${failures === 1 ? "result" : "results"}, configured to`;
  if (test.severity === "error" && row?.["should_error"] === true)
    return { status: "fail", failures, message: `${found} fail` };
  if (row?.["should_warn"] === true) return { status: "warn", failures, message: `${found} warn` };
  return { status: "pass", failures: 0, message: "" };
}
