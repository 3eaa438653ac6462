import { planRun, type RunRequest } from "../compiler/plan/plan-run.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import { runState } from "../compiler/plan/run-state.ts";
import type { EventTimeRange } from "../domain/batch.ts";
import type { DataMap } from "../domain/data.ts";
import type { Plan, Step } from "../domain/plan.ts";
import type { ResourceType } from "../domain/selection-terms.ts";
import { isFailure, type StepEnding, type StepResult } from "../domain/run-event.ts";
import { isRaised } from "../domain/warning-rule.ts";
import { WorldError } from "../domain/world-error.ts";
import { runPlan } from "../runner/run-plan.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import { writeRunArtifacts } from "./artifacts/write-artifacts.ts";
import { bytesOfSteps } from "./bytes-of-steps.ts";
import { connectWarehouse } from "./connect.ts";
import { ingestedSources, ingestSources } from "./ingest-sources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import type { OpenProject } from "./open-project.ts";
import { lockedRun, type WritingRun } from "./locked-run.ts";
import { readRunState } from "./read-run-state.ts";
import { openSelected, type SelectOptions, selectProject } from "./select-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What a run is to do. `ingests`: sources that the selection reads are ingested first (`tsdbt build`). */
export interface RunOptions extends SelectOptions {
  readonly resourceTypes: readonly ResourceType[];
  readonly fullRefresh: boolean;
  /** `--event-time-start` and `--event-time-end`. */
  readonly eventTimes?: EventTimeRange | undefined;
  /** What the batches come from of a run that is made again. */
  readonly retried?: RunRequest["retried"];
  readonly stopsAtFailure: boolean;
  /** A run whose queries would read more is refused before anything is paid for. */
  readonly maxBytes?: number | undefined;
  readonly ingests: boolean;
  /** Results of an earlier run that stay in the record (`retry`). */
  readonly carried?: readonly DataMap[] | undefined;
}

/** An opened project with an open warehouse, and the ids of what is selected of it. */
interface PreparedRun {
  readonly opened: OpenProject;
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly selected: ReadonlySet<string>;
}

function endedAt(step: Step, ending: StepEnding, nowMs: number): StepResult {
  return { step, ending, startedMs: nowMs, endedMs: nowMs, thread: 1, statements: [] };
}

/** What a run would have done that came to nothing: every step is skipped, but for those that are at fault themselves. */
function abandoned(plan: Plan, because: string, nowMs: number): readonly StepResult[] {
  return plan.steps.map((step) => {
    const known = plan.refusals.length === 0 ? undefined : settledOutcome(step);
    return endedAt(step, known ?? { status: "skipped", because }, nowMs);
  });
}

/** How a step ends that asks nothing. */
function settledOutcome(step: Step): StepEnding | undefined {
  const first = step.script().next();
  return first.done === true ? first.value : undefined;
}

async function refuseTooMany(most: number, { steps }: Plan, warehouse: Warehouse): Promise<void> {
  const { sum } = await bytesOfSteps(steps, warehouse);
  if (sum <= most) return;
  throw new WorldError("too-many-bytes", `This run would read ${sum} bytes, and --max-bytes allows ${most}.`, {
    hint: '"tsdbt plan --titles" shows what each step reads.',
  });
}

async function runSelected(prepared: PreparedRun, options: RunOptions, invocation: Invocation): Promise<Ending> {
  const { opened, warehouse, sql, selected } = prepared;
  const { project } = opened;
  const state = await readRunState(project, warehouse, sql);
  const plan = planRun(project, {
    selected,
    fullRefresh: options.fullRefresh,
    eventTimes: options.eventTimes,
    retried: options.retried,
    failsOnWarnings: isRaised("LogTestResult", invocation.warningRule),
    state,
    sql,
  });
  if (plan.refusals.length > 0) {
    invocation.emit({ kind: "diagnosed", diagnostics: plan.refusals });
    const results = abandoned(plan, "the run was refused", invocation.clock());
    writeRunArtifacts(opened, { results, carried: options.carried }, invocation);
    return "refusal";
  }
  if (options.maxBytes !== undefined) await refuseTooMany(options.maxBytes, plan, warehouse);
  const results: readonly StepResult[] = await runPlan(plan, {
    warehouse,
    threads: project.settings.target.threads,
    stopsAtFailure: options.stopsAtFailure,
    signal: invocation.signal,
    target: project.settings.target.name,
    commentOf: project.commentOf,
    clock: invocation.clock,
    emit: invocation.emit,
  });
  writeRunArtifacts(opened, { results, carried: options.carried }, invocation);
  if (invocation.signal.aborted) return "refusal";
  return results.some(({ ending }) => isFailure(ending)) ? "failure" : "success";
}

/** Leaves a record of a run that the world or an interrupt put an end to before it began: nothing of it was done. */
function recordAbandoned(
  { opened, selected, sql }: Omit<PreparedRun, "warehouse">,
  { carried, fullRefresh, eventTimes, retried }: RunOptions,
  { cause, invocation }: { readonly cause: unknown; readonly invocation: Invocation },
): void {
  const isInterrupted = invocation.signal.aborted && cause === invocation.signal.reason;
  if (!isInterrupted && !(cause instanceof WorldError)) return;
  const because = cause instanceof WorldError ? cause.message.replace(/\.$/u, "") : "the run was interrupted";
  const state = runState({ relations: [], knownTables: [], departures: [] });
  const plan = planRun(opened.project, {
    selected,
    fullRefresh,
    eventTimes,
    retried,
    failsOnWarnings: false,
    state,
    sql,
  });
  const results = abandoned({ ...plan, refusals: [] }, because, invocation.clock());
  writeRunArtifacts(opened, { results, carried }, invocation);
}

async function ingestSelected(
  { opened, warehouse, sql }: PreparedRun,
  options: RunOptions,
  invocation: Invocation,
): Promise<void> {
  const all = selectProject(opened, { ...options, resourceTypes: undefined }, { ...invocation, emit: () => undefined });
  const ids = new Set(all.ok ? all.value.map(({ uniqueId }) => uniqueId) : []);
  const sources = ingestedSources(opened).filter(({ source }) => ids.has(source.uniqueId));
  await ingestSources(sources, { opened, warehouse, sql, range: undefined }, invocation);
}

/** Whether a run changes more than the tables of failing rows. */
function isWriting({ ingests, resourceTypes }: RunOptions): boolean {
  return ingests || resourceTypes.some((type) => type !== "test" && type !== "unit_test");
}

/** Runs given resources of an opened project, after ingest where that belongs to it, and writes the record of it however it ends. */
export async function runOpened(
  { opened, selected }: Pick<PreparedRun, "opened" | "selected">,
  options: RunOptions,
  invocation: Invocation,
): Promise<Ending> {
  const { project, root } = opened;
  const sql = warehouseSql(project.settings, invocation);
  try {
    const warehouse = await connectWarehouse({ root, invocation }, project.settings, "write");
    try {
      const run = async ({ sql: held, invocation: holding }: Omit<WritingRun, "warehouse">): Promise<Ending> => {
        const prepared = { opened, warehouse, sql: held, selected };
        if (options.ingests) await ingestSelected(prepared, options, holding);
        return await runSelected(prepared, options, holding);
      };
      if (!isWriting(options)) return await run({ sql, invocation });
      return await lockedRun({ warehouse, sql, invocation }, project.settings, run);
    } finally {
      warehouse.close();
    }
  } catch (cause) {
    recordAbandoned({ opened, selected, sql }, options, { cause, invocation });
    throw cause;
  }
}

/** Runs what is selected of a project, and writes the record of it. */
export async function runProject(invocation: Invocation, options: RunOptions): Promise<Ending> {
  const selection = await openSelected(invocation, { ...options, broken: "kept" });
  if (selection === undefined) return "refusal";
  const { opened } = selection;
  const selected = new Set(selection.selected.map(({ uniqueId }) => uniqueId));
  return await runOpened({ opened, selected }, options, invocation);
}
