import type { StepEnding, StepResult } from "../domain/run-event.ts";
import type { StepSummary } from "../domain/script.ts";

function messageOf(ending: StepEnding): string | null {
  switch (ending.status) {
    case "error":
    case "partial success":
      return ending.diagnostics.map(({ message }) => message).join(" ");
    case "skipped":
      return null;
    case "success":
    case "pass":
    case "warn":
    case "fail":
      return ending.message === "" ? null : ending.message;
  }
}

/** How a step ended, as the hooks at the run's end see it. */
export function summarizeStep({ step, ending, startedMs, endedMs, thread }: StepResult): StepSummary {
  const { id, name, kind, relation } = step;
  return {
    id,
    name,
    kind,
    relation,
    status: ending.status,
    message: messageOf(ending),
    failures: "failures" in ending ? ending.failures : null,
    seconds: (endedMs - startedMs) / 1000,
    thread,
  };
}
