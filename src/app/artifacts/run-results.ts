import type { Data, DataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { type Batch, batchTimeIso } from "../../domain/batch.ts";
import type { BatchedWork, Step } from "../../domain/plan.ts";
import type { Spending, StepEnding, StepResult } from "../../domain/run-event.ts";
import type { Invocation } from "../invocation.ts";
import { artifactMetadata, artifactTime } from "./artifact-metadata.ts";
import { sqlName } from "./node-context.ts";

/** What the warehouse refused, and what the world did, rather than the author's text; dbt tells them apart. */
const runtimeCodes: ReadonlySet<string> = new Set(["refused-statement", "unknown-column"]);

/** `Compilation Error in model x (models/x.sql)`, then what is wrong, indented as by dbt. */
function errorMessage({ kind, name, path }: Step, diagnostics: readonly Diagnostic[]): string {
  const isRuntime = diagnostics.every(({ code, span }) => runtimeCodes.has(code) || span === undefined);
  const place = path === undefined ? "" : ` (${path})`;
  const lines = diagnostics.map(({ message }) => `  ${message.replaceAll("\n", "\n  ")}`);
  return `${isRuntime ? "Runtime" : "Compilation"} Error in ${kind} ${name}${place}\n${lines.join("\n")}`;
}

function messageOf(step: Step, ending: StepEnding): string | null {
  switch (ending.status) {
    case "success":
    case "pass":
    case "warn":
    case "fail":
      return ending.message === "" ? null : ending.message;
    case "partial success":
      return ending.message;
    case "error":
      return errorMessage(step, ending.diagnostics);
    case "skipped":
      return `Skipped because ${ending.because}.`;
  }
}

function failuresOf(ending: StepEnding): number | null {
  return "failures" in ending ? ending.failures : null;
}

/** dbt-bigquery's keys. */
function costOf(spent: Spending | undefined): DataMap {
  if (spent === undefined) return {};
  const { bytesProcessed, bytesBilled, slotMs, jobId } = spent;
  return { bytes_processed: bytesProcessed, bytes_billed: bytesBilled, slot_ms: slotMs, job_id: jobId };
}

function responseOf({ ending, spent }: StepResult): DataMap {
  if (ending.status !== "success") return costOf(spent);
  const rows: Readonly<Record<string, Data>> = ending.rowCount === undefined ? {} : { rows_affected: ending.rowCount };
  return { _message: ending.message, ...rows, ...costOf(spent) };
}

/** Which batches of a step were made and which were not, those of the run before it among them. */
function batchResults({ batches = [] }: StepResult, { list, carried }: BatchedWork): DataMap {
  const good = new Set(batches.filter(({ ending }) => ending.status === "success").map(({ work }) => work.batch));
  const all = list.map(({ batch }) => batch);
  const pair = ({ startMs, endMs }: Batch): readonly string[] => [batchTimeIso(startMs), batchTimeIso(endMs)];
  return {
    successful: [...carried, ...all.filter((batch) => good.has(batch))].map(pair),
    failed: all.filter((batch) => !good.has(batch)).map(pair),
  };
}

function resultOf(result: StepResult): DataMap {
  const { step, ending, startedMs, endedMs, thread } = result;
  const wasRun = ending.status !== "skipped";
  const started = artifactTime(startedMs);
  const text = ("compiled" in ending ? ending.compiled : undefined) ?? step.text ?? step.query?.text;
  return {
    status: ending.status,
    timing: wasRun
      ? [
          { name: "compile", started_at: started, completed_at: started },
          { name: "execute", started_at: started, completed_at: artifactTime(endedMs) },
        ]
      : [],
    thread_id: `Thread-${String(thread)}`,
    execution_time: (endedMs - startedMs) / 1000,
    adapter_response: responseOf(result),
    message: messageOf(step, ending),
    failures: failuresOf(ending),
    unique_id: step.id,
    compiled: text === undefined ? null : true,
    compiled_code: text?.text ?? null,
    ...(step.batches === undefined ? {} : { batch_results: batchResults(result, step.batches) }),
    relation_name: step.relation === undefined ? null : sqlName(step.relation),
  };
}

/** `run_results.json` (v6): how each resource of a run ended. Preparation is nobody's resource and is left out. */
export function runResults(
  { results, carried }: { readonly results: readonly StepResult[]; readonly carried: readonly DataMap[] },
  invocation: Invocation,
): DataMap {
  return {
    metadata: artifactMetadata("run-results/v6", invocation),
    results: [...carried, ...results.filter(({ step }) => step.kind !== "prepare").map(resultOf)],
    elapsed_time: (invocation.clock() - invocation.startedMs) / 1000,
    args: { invocation_command: `tsdbt ${invocation.command}`, ...invocation.arguments, which: invocation.command },
  };
}
