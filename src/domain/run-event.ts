import type { Diagnostic } from "./diagnostic.ts";
import type { BatchWork, Outcome, Step } from "./plan.ts";
import type { Message } from "./told.ts";

/** How a step ended: by its own account, or because something kept it from running. */
export type StepEnding = Outcome;

/** What a step cost, in the account of a warehouse that bills it: all its jobs, by the id of the last. */
export interface Spending {
  readonly bytesProcessed: number;
  readonly bytesBilled: number;
  readonly slotMs: number;
  readonly jobId: string;
}

/** What two stretches of work cost together. */
export function addSpending(before: Spending | undefined, next: Spending): Spending {
  if (before === undefined) return next;
  return {
    bytesProcessed: before.bytesProcessed + next.bytesProcessed,
    bytesBilled: before.bytesBilled + next.bytesBilled,
    slotMs: before.slotMs + next.slotMs,
    jobId: next.jobId,
  };
}

/** How a batch of a step ended. */
export interface BatchResult {
  readonly work: BatchWork;
  readonly ending: StepEnding;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly statements: readonly string[];
}

/** A step that ended, with the texts of the statements it sent. Times are epoch milliseconds. */
export interface StepResult {
  readonly step: Step;
  readonly ending: StepEnding;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly thread: number;
  readonly statements: readonly string[];
  readonly spent?: Spending | undefined;
  /** In the order of their times, where the step has any. */
  readonly batches?: readonly BatchResult[] | undefined;
}

/** The place of a batch among those of its step, from 1. */
export interface BatchPlace {
  readonly step: Step;
  readonly index: number;
  readonly total: number;
}

/** What happens while a plan runs. Terminal, JSON log, artifacts and page all read these and nothing else. */
export type RunEvent =
  | { readonly kind: "runStarted"; readonly steps: readonly Step[]; readonly threads: number; readonly target: string }
  | { readonly kind: "stepStarted"; readonly step: Step; readonly index: number; readonly total: number }
  | { readonly kind: "stepEnded"; readonly result: StepResult; readonly index: number; readonly total: number }
  | { readonly kind: "batchStarted"; readonly work: BatchWork; readonly place: BatchPlace }
  | { readonly kind: "batchEnded"; readonly result: BatchResult; readonly place: BatchPlace }
  | { readonly kind: "warned"; readonly diagnostic: Diagnostic }
  /** What is said to whoever looks on: `info`, unless it says otherwise. */
  | { readonly kind: "said"; readonly message: string; readonly level?: Message["level"] }
  /** A statement on its way to the warehouse, as it gets it: with its comment. */
  | { readonly kind: "statementSent"; readonly step: Step; readonly statement: string }
  | {
      readonly kind: "runEnded";
      readonly results: readonly StepResult[];
      readonly elapsedMs: number;
      readonly interrupted: boolean;
    };

/** Whether a result keeps what hangs on it from running, and makes the command end with 1. */
export function isFailure(ending: StepEnding): boolean {
  switch (ending.status) {
    case "error":
    case "fail":
    case "skipped":
    case "partial success":
      return true;
    case "success":
    case "pass":
    case "warn":
      return false;
  }
}
