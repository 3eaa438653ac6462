import type { Data, DataMap } from "../../domain/data.ts";
import type { StepEnding, StepResult } from "../../domain/run-event.ts";
import type { Invocation } from "../invocation.ts";
import { artifactMetadata, artifactTime } from "./artifact-metadata.ts";
import { sqlName } from "./node-context.ts";

function messageOf(ending: StepEnding): string | null {
  switch (ending.status) {
    case "success":
    case "pass":
    case "warn":
    case "fail":
      return ending.message === "" ? null : ending.message;
    case "error":
      return ending.diagnostics.map(({ message }) => message).join(" ");
    case "skipped":
      return `Skipped because ${ending.because}.`;
  }
}

function failuresOf(ending: StepEnding): number | null {
  return "failures" in ending ? ending.failures : null;
}

function responseOf(ending: StepEnding): DataMap {
  if (ending.status !== "success") return {};
  const rows: Readonly<Record<string, Data>> = ending.rowCount === undefined ? {} : { rows_affected: ending.rowCount };
  return { _message: ending.message, ...rows };
}

function resultOf(result: StepResult): DataMap {
  const { step, ending, startedMs, endedMs, thread } = result;
  const wasRun = ending.status !== "skipped";
  const started = artifactTime(startedMs);
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
    adapter_response: responseOf(ending),
    message: messageOf(ending),
    failures: failuresOf(ending),
    unique_id: step.id,
    compiled: step.query === undefined ? null : true,
    compiled_code: (step.text ?? step.query?.text)?.text ?? null,
    relation_name: step.relation === undefined ? null : sqlName(step.relation),
  };
}

/** `run_results.json` (v6): how each resource of a run ended. Preparation is nobody's resource and is left out. */
export function runResults(results: readonly StepResult[], invocation: Invocation): DataMap {
  return {
    metadata: artifactMetadata("run-results/v6", invocation),
    results: results.filter(({ step }) => step.kind !== "prepare").map(resultOf),
    elapsed_time: (invocation.clock() - invocation.startedMs) / 1000,
    args: { invocation_command: `tsdbt ${invocation.command}`, ...invocation.arguments, which: invocation.command },
  };
}
