import { error } from "../domain/diagnostic.ts";
import type { BatchedWork, BatchWork, Outcome, Plan, Step } from "../domain/plan.ts";
import {
  type BatchResult,
  isFailure,
  type RunEvent,
  type StepEnding,
  type StepResult,
  addSpending,
  type Spending,
} from "../domain/run-event.ts";
import type { CommentOf } from "../domain/query-comment.ts";
import type { Told } from "../domain/told.ts";
import { WorldError } from "../domain/world-error.ts";
import { openSession } from "./commented-session.ts";
import { driveScript } from "./drive-script.ts";
import { endingOfBatches, runBatches } from "./run-batches.ts";
import { summarizeStep } from "./summarize-step.ts";
import { statementDiagnostic } from "./statement-diagnostic.ts";
import { type Session, StatementError, type Warehouse } from "./warehouse.ts";

/** How a plan is run. */
export interface RunOptions {
  readonly warehouse: Warehouse;
  /** How many steps may run side by side. */
  readonly threads: number;
  /** The first failure interrupts what runs, and nothing new begins (`--fail-fast`, DBT_SEMANTICS §14). */
  readonly stopsAtFailure: boolean;
  /** Aborted: running statements are interrupted and rolled back, the rest is skipped. */
  readonly signal: AbortSignal;
  readonly target: string;
  /** The comments that statements carry. */
  readonly commentOf?: CommentOf;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly emit: (event: RunEvent) => void;
}

/** A script whose statement met another transaction is simply begun again; each of its units took effect whole or not at all. */
const attempts = 5;

/** What runs in a session of its own: a step, or one of its batches. */
interface SessionWork {
  readonly step: Step;
  readonly script: BatchWork["script"];
}

/** Whether what a step does can be told from what it asks: a test asks, and does nothing else. */
function isBuilt({ kind }: Step): boolean {
  return kind === "model" || kind === "snapshot" || kind === "seed";
}

/** Whether what hangs on a step that failed may run all the same: its own error may be passed over, a skip may not. */
function goesOn({ step, ending }: StepResult): boolean {
  return step.onError === "continue" && (ending.status === "error" || ending.status === "partial success");
}

class PlanRun {
  readonly #options: RunOptions;
  readonly #steps: readonly Step[];
  readonly #known: ReadonlySet<string>;
  readonly #results = new Map<string, StepResult>();
  /** What each step cost, all attempts and batches together. */
  readonly #spent = new Map<string, Spending>();
  readonly #waiting: Set<Step>;
  readonly #running = new Set<Promise<void>>();
  readonly #sessions = new Set<Session>();
  readonly #idleThreads: number[];
  /** Places in the order of beginning; preparation has none. */
  readonly #indexes = new Map<Step, number>();
  readonly #total: number;
  /** Why nothing new begins, once something failed that stops the run. */
  #stopped: string | undefined;

  constructor(plan: Plan, options: RunOptions) {
    this.#options = options;
    this.#steps = plan.steps;
    this.#known = new Set(plan.steps.map((step) => step.id));
    this.#waiting = new Set(plan.steps);
    this.#idleThreads = Array.from({ length: options.threads }, (_, index) => options.threads - index);
    this.#total = plan.steps.filter((step) => step.kind !== "prepare").length;
  }

  async run(): Promise<readonly StepResult[]> {
    const { signal } = this.#options;
    signal.addEventListener("abort", this.#interrupt);
    try {
      this.#advance();
      while (this.#running.size > 0) {
        await Promise.race(this.#running);
        this.#advance();
      }
    } catch (bug) {
      // The warehouse is closed next, and nothing may run in it then.
      this.#interrupt();
      await Promise.allSettled(this.#running);
      throw bug;
    } finally {
      signal.removeEventListener("abort", this.#interrupt);
    }
    if (this.#waiting.size > 0) throw new Error("the steps of the plan wait for each other");
    return this.#steps.flatMap((step) => this.#results.get(step.id) ?? []);
  }

  readonly #interrupt = (): void => {
    for (const session of this.#sessions) session.interrupt();
  };

  readonly #tell = ({ messages, warnings }: Told): void => {
    for (const { text, level } of messages) this.#options.emit({ kind: "said", message: text, level });
    for (const diagnostic of warnings) this.#options.emit({ kind: "warned", diagnostic });
  };

  /** Skips what can no longer run and begins what can, until neither is left to do. */
  #advance(): void {
    let skipped: boolean;
    do {
      skipped = false;
      for (const step of this.#waiting) {
        const blocked = this.#blockedBy(step);
        if (blocked !== undefined) {
          this.#skip(step, blocked);
          skipped = true;
        } else if (this.#isReady(step)) this.#begin(step);
      }
    } while (skipped);
  }

  #isReady(step: Step): boolean {
    return (
      this.#idleThreads.length > 0 &&
      [...step.needs, ...(step.follows ?? [])].every((id) => this.#results.has(id) || !this.#known.has(id))
    );
  }

  /** Why a step does not begin, or go on, if anything halted the run; what follows on all others outlives a failure. */
  #halted(step: Step): string | undefined {
    if (this.#options.signal.aborted) return "the run was interrupted";
    return step.follows === undefined ? this.#stopped : undefined;
  }

  #blockedBy(step: Step): string | undefined {
    const halted = this.#halted(step);
    if (halted !== undefined) return halted;
    for (const id of step.needs) {
      const result = this.#results.get(id);
      if (result !== undefined && isFailure(result.ending) && !goesOn(result))
        return `"${result.step.name}" did not succeed`;
    }
    return undefined;
  }

  #skip(step: Step, because: string): void {
    this.#waiting.delete(step);
    const now = this.#options.clock();
    const result = { step, startedMs: now, endedMs: now, thread: 1, statements: [] };
    this.#end({ ...result, ending: { status: "skipped", because } });
  }

  #begin(step: Step): void {
    this.#waiting.delete(step);
    const thread = this.#idleThreads.pop() ?? 1;
    const ended = this.#runStep(step, thread).finally(() => {
      this.#idleThreads.push(thread);
      this.#running.delete(ended);
    });
    this.#running.add(ended);
  }

  async #runStep(step: Step, thread: number): Promise<void> {
    const startedMs = this.#options.clock();
    const index = this.#numbered(step);
    if (index > 0) this.#options.emit({ kind: "stepStarted", step, index, total: this.#total });
    const statements: string[] = [];
    const { batches: batched } = step;
    const batches = batched === undefined ? undefined : await this.#runBatches(step, batched);
    const ending =
      batched === undefined || batches === undefined
        ? await this.#endingOf({ step, script: () => step.script() }, statements)
        : endingOfBatches(batches, batched);
    const spent = this.#spent.get(step.id);
    this.#end({ step, ending, startedMs, endedMs: this.#options.clock(), thread, statements, batches, spent });
    if (!isFailure(ending) || !this.#options.stopsAtFailure || this.#stopped !== undefined) return;
    this.#stopped = `of --fail-fast, after "${step.name}"`;
    this.#interrupt();
  }

  #runBatches(step: Step, batched: BatchedWork): Promise<readonly BatchResult[]> {
    const { emit, clock } = this.#options;
    const total = batched.list.length;
    const tell = (result: BatchResult, index: number): BatchResult => {
      emit({ kind: "batchEnded", result, place: { step, index: index + 1, total } });
      return result;
    };
    return runBatches(batched, {
      run: async (work, index) => {
        emit({ kind: "batchStarted", work, place: { step, index: index + 1, total } });
        const startedMs = clock();
        const statements: string[] = [];
        const ending = await this.#endingOf({ step, script: () => work.script() }, statements);
        return tell({ work, ending, startedMs, endedMs: clock(), statements }, index);
      },
      skip: (work, index) => {
        const now = clock();
        const ending = { status: "skipped", because: "the first batch did not succeed" } as const;
        return tell({ work, ending, startedMs: now, endedMs: now, statements: [] }, index);
      },
      borrow: () => {
        const thread = this.#idleThreads.pop();
        return thread === undefined ? undefined : () => this.#idleThreads.push(thread);
      },
    });
  }

  async #endingOf(work: SessionWork, statements: string[]): Promise<StepEnding> {
    const { step } = work;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work, statements);
      } catch (cause) {
        if (cause instanceof StatementError) {
          const halted = this.#halted(step);
          if (halted !== undefined && cause.code !== "refused") return { status: "skipped", because: halted };
          if (cause.code === "conflict" && attempt < attempts) continue;
          return { status: "error", diagnostics: [statementDiagnostic(cause, step)] };
        }
        if (cause instanceof WorldError)
          return { status: "error", diagnostics: [error(cause.code, cause.message, { hint: cause.hint })] };
        throw cause;
      }
    }
  }

  async #attempt({ step, script }: SessionWork, statements: string[]): Promise<Outcome> {
    const { warehouse, commentOf, emit } = this.#options;
    const session = await openSession(warehouse, {
      functions: step.functions,
      step: step.name,
      comment: commentOf?.(step.kind === "prepare" ? undefined : step.id),
      sent: (statement) => {
        emit({ kind: "statementSent", step, statement });
      },
    });
    this.#sessions.add(session);
    // What halted the run while the session was opened found nothing to interrupt.
    if (this.#halted(step) !== undefined) session.interrupt();
    try {
      statements.length = 0;
      return await driveScript(script(), session, {
        send: (statement, what) => {
          if (what === "done" || !isBuilt(step)) statements.push(statement);
        },
        tell: this.#tell,
        finished: () =>
          [...this.#results.values()].filter((result) => result.step.kind !== "prepare").map(summarizeStep),
      });
    } finally {
      const spent = session.spent?.();
      if (spent !== undefined) this.#spent.set(step.id, addSpending(this.#spent.get(step.id), spent));
      this.#sessions.delete(session);
      session.close();
    }
  }

  /** The step's place among those that are counted, given to it the first time it is asked for; 0 for preparation. */
  #numbered(step: Step): number {
    if (step.kind === "prepare") return 0;
    const index = this.#indexes.get(step) ?? this.#indexes.size + 1;
    this.#indexes.set(step, index);
    return index;
  }

  #end(result: StepResult): void {
    this.#results.set(result.step.id, result);
    const index = this.#numbered(result.step);
    const isShown = index > 0 || isFailure(result.ending);
    if (isShown) this.#options.emit({ kind: "stepEnded", result, index, total: this.#total });
    if (result.ending.status === "success")
      for (const diagnostic of result.ending.warnings) this.#options.emit({ kind: "warned", diagnostic });
  }
}

/** Runs a plan and tells each event as it happens. What a step's script or statement refuses is its ending, not a rejection. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<readonly StepResult[]> {
  const startedMs = options.clock();
  const { threads, target } = options;
  options.emit({ kind: "runStarted", steps: plan.steps, threads, target });
  for (const diagnostic of plan.warnings) options.emit({ kind: "warned", diagnostic });
  const results = await new PlanRun(plan, options).run();
  const elapsedMs = options.clock() - startedMs;
  options.emit({ kind: "runEnded", results, elapsedMs, interrupted: options.signal.aborted });
  return results;
}
