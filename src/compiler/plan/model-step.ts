import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { Departure, KnownTable, RecordedTable } from "../../domain/ledger.ts";
import { driftedOptions, type Layout, liesAlike } from "../../domain/layout.ts";
import type { Microbatch } from "../../domain/incremental.ts";
import type { CompiledModel, CompiledQuery } from "../../domain/model.ts";
import type { Step } from "../../domain/plan.ts";
import { relationKey, relationName } from "../../domain/relation.ts";
import { addRows, type IncrementalModel, rebuild } from "../materialize/incremental.ts";
import { firstSnapshot, nextSnapshot, type SnapshotModel } from "../materialize/snapshot.ts";
import { type Standing, table } from "../materialize/table.ts";
import { view } from "../materialize/view.ts";
import { type BatchRequest, carriedBatches, describeBatches, planBatches } from "./plan-batches.ts";
import { askingScript } from "./asking-script.ts";
import type { WarehouseSql } from "../materialize/warehouse-sql.ts";
import type { NeededFunctions } from "./needed-functions.ts";
import type { RunState, StandingRelation } from "./run-state.ts";

/** What a model's step is planned from. */
export interface ModelPlanning {
  readonly state: RunState;
  readonly sql: WarehouseSql;
  /** `--full-refresh`; a model's own `full_refresh` wins over it. */
  readonly fullRefresh: boolean;
  readonly neededFunctions: NeededFunctions;
  readonly batches: BatchRequest;
  /** What the ledger is to remember of a model that is incremental. */
  readonly recordOf: (model: CompiledModel) => RecordedTable;
}

/** What a model does in this run, and why; everything of a step but what it waits for. */
export type ModelWork = Pick<Step, "reason" | "functions" | "query" | "script" | "batches">;

/** A model's work, or why it must not be done. */
export interface PlannedModel {
  readonly work: ModelWork | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function span(model: CompiledModel): {
  readonly file: CompiledModel["file"];
  readonly start: number;
  readonly end: number;
} {
  return { file: model.file, start: 0, end: 0 };
}

/** Why a table or view is put in place, in words. */
export function replaceReason(existing: StandingRelation | undefined, wanted: string): string {
  if (existing === undefined) return `no ${wanted} yet`;
  return existing.kind === wanted ? `the ${wanted} is replaced` : `a ${existing.kind} stands there and is replaced`;
}

interface ModelBuild {
  readonly model: CompiledModel;
  readonly query: CompiledQuery;
  readonly reason: string;
  readonly script: (functions: readonly string[]) => ReturnType<Step["script"]>;
}

function workOf({ model, query, reason, script }: ModelBuild, { neededFunctions }: ModelPlanning): ModelWork {
  const functions = neededFunctions(model.dependsOn, query.uses);
  return { reason, functions, query, script: () => script(functions) };
}

function full(
  model: CompiledModel,
  build: Pick<ModelBuild, "reason" | "script">,
  planning: ModelPlanning,
): PlannedModel {
  return { work: workOf({ model, query: model.full, ...build }, planning), diagnostics: [] };
}

/** A table that the ledger knows is a model's if it is where the model would put it now. */
function isTableOf(model: CompiledModel, { uniqueId, relation }: KnownTable): boolean {
  return uniqueId === model.uniqueId && relationKey(relation) === relationKey(model.relation);
}

/** What a merge cannot follow, in words: `2 events that left 2022-10-30 (20221031-230112.json)`. */
function describeDeparture({ kind, day, events, files }: Departure): string {
  const shown = files.slice(0, 3).join(", ");
  const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
  const what = events === 1 ? "1 event" : `${events} events`;
  return kind === "left"
    ? `${what} that left ${day} (${shown}${more})`
    : `${what} that moved away from ${day} (${shown}${more})`;
}

/** A warning for a table that still counts events where they no longer are (DESIGN §5, DBT_SEMANTICS §18.10). */
export function departureWarning(model: CompiledModel, departures: readonly Departure[]): Diagnostic | undefined {
  const own = departures.filter(({ table }) => isTableOf(model, table));
  if (own.length === 0) return undefined;
  const list = own.map(describeDeparture).join("; ");
  return warning("departed-events", `A merge cannot follow what left: "${model.name}" may still count ${list}.`, {
    span: span(model),
    hint: `Run with --full-refresh --select ${model.name} to restate it.`,
  });
}

/** A table that the ledger knows must be there: to build it anew in silence would hide that it was lost (DBT_SEMANTICS §17.22). */
function missingTable({ model, materialization }: IncrementalModel): Diagnostic {
  const message = `The table ${relationName(model.relation)} of "${model.name}" is gone, though the ledger knows it.`;
  const built = "If it is to be built anew from all rows,";
  const hint =
    materialization.fullRefresh === false
      ? `${built} take "full_refresh: false" from its config and run with --full-refresh.`
      : `${built} run with --full-refresh.`;
  return error("missing-table", message, { span: span(model), hint });
}

/** Whether a table stands there that lies in another way than it should. */
export function isRelaid(existing: StandingRelation | undefined, wanted: Layout | undefined): boolean {
  return existing?.layout !== undefined && existing.kind === "table" && !liesAlike(existing.layout, wanted ?? {});
}

/** A warning for a table whose options are no longer those of its config: they take effect when it is built anew. */
function driftWarning(model: CompiledModel, existing: StandingRelation): Diagnostic | undefined {
  if (existing.layout === undefined) return undefined;
  const drifted = driftedOptions(existing.layout, model.layout ?? {});
  if (drifted.length === 0) return undefined;
  const list = drifted.map((name) => `"${name}"`).join(", ");
  return warning("option-drift", `The table of "${model.name}" is not as its config says: ${list}.`, {
    span: span(model),
    hint: `Run with --full-refresh --select ${model.name} to build it as the config says.`,
  });
}

function standingOf(model: CompiledModel, { find, knownTables }: RunState): Standing {
  const existing = find(model.relation);
  return {
    kind: existing?.kind,
    isRelaid: isRelaid(existing, model.layout),
    isKnown: knownTables.some((known) => isTableOf(model, known)),
  };
}

/** How an incremental model is run, and why; or why it must not be. */
type Decision =
  | { readonly mode: "full"; readonly reason: string }
  | { readonly mode: "incremental"; readonly existing: StandingRelation }
  | { readonly mode: "refused"; readonly refusal: Diagnostic };

function decideMode(incremental: IncrementalModel, { state, fullRefresh, batches }: ModelPlanning): Decision {
  const { model, materialization } = incremental;
  const existing = state.find(model.relation);
  const isKnown = state.knownTables.some((table) => isTableOf(model, table));
  // What an earlier run made of a full refresh must outlive the rest of it.
  const isCarriedOn = carriedBatches(model, batches).length > 0;
  const isRefreshed = (materialization.fullRefresh ?? fullRefresh) && !isCarriedOn;
  if (isRefreshed && (existing !== undefined || isKnown)) return { mode: "full", reason: "built anew: full refresh" };
  if (existing?.kind === "table") return { mode: "incremental", existing };
  if (isKnown) return { mode: "refused", refusal: missingTable(incremental) };
  const found = existing === undefined ? "no table yet" : "a view stands there";
  return { mode: "full", reason: `${found}: built from all rows` };
}

function planMicrobatch(
  incremental: IncrementalModel,
  { decision, strategy }: { readonly decision: Exclude<Decision, { mode: "refused" }>; readonly strategy: Microbatch },
  planning: ModelPlanning,
): ModelWork {
  const { model } = incremental;
  const { state, sql, batches: request, neededFunctions } = planning;
  const { mode } = decision;
  const existing = { standing: standingOf(model, state), columns: state.find(model.relation)?.columns };
  const functionsOf = ({ uses }: CompiledQuery): readonly string[] => neededFunctions(model.dependsOn, uses);
  const batches = planBatches(incremental, { ...existing, strategy, mode, request, sql, functionsOf });
  const found = mode === "full" ? decision.reason : "the table is there";
  const [first] = batches.list;
  if (first === undefined) throw new Error("there is at least one batch");
  const reason = `${found}: ${describeBatches(batches, strategy)}`;
  return { reason, functions: [], query: undefined, script: () => first.script(), batches };
}

function planIncremental(incremental: IncrementalModel, planning: ModelPlanning): PlannedModel {
  const { model, materialization } = incremental;
  const { state, sql } = planning;
  const decision = decideMode(incremental, planning);
  if (decision.mode === "refused") return { work: undefined, diagnostics: [decision.refusal] };
  const { uniqueKey, keyExpression, strategy } = materialization;
  const diagnostics =
    decision.mode === "full"
      ? []
      : [departureWarning(model, state.departures), driftWarning(model, decision.existing)].filter(
          (each) => each !== undefined,
        );
  if (strategy.kind === "microbatch")
    return { work: planMicrobatch(incremental, { decision, strategy }, planning), diagnostics };
  if (decision.mode === "full") {
    const standing = standingOf(model, state);
    return full(model, { ...decision, script: () => rebuild(incremental, standing, sql) }, planning);
  }
  const key = keyExpression?.text ?? uniqueKey.join(", ");
  const how = strategy.kind === "append" || key === "" ? "append" : `${strategy.kind} on ${key}`;
  const script = (): ReturnType<Step["script"]> => addRows(incremental, decision.existing.columns, sql);
  const query = model.incremental ?? model.full;
  return { work: workOf({ model, query, reason: `the table is there: ${how}`, script }, planning), diagnostics };
}

function planSnapshot(subject: SnapshotModel, planning: ModelPlanning): PlannedModel {
  const { model } = subject;
  const { state, sql } = planning;
  const existing = state.find(model.relation);
  if (existing === undefined)
    return full(model, { reason: "no snapshot yet", script: () => firstSnapshot(subject, sql) }, planning);
  if (existing.kind === "table")
    return full(
      model,
      { reason: "the snapshot is there", script: () => nextSnapshot(subject, existing.columns, sql) },
      planning,
    );
  const message = `A view stands where the snapshot "${model.name}" has its table, ${relationName(model.relation)}.`;
  return { work: undefined, diagnostics: [error("snapshot", message, { span: span(model), hint: "Drop the view." })] };
}

/**
 * Plans what a model does: which run mode, by which script, and why. An ephemeral model does nothing of its own; one that asks
 * the warehouse is compiled before it does anything.
 */
export function planModel(model: CompiledModel, planning: ModelPlanning): PlannedModel {
  const planned = planCompiled(model, planning);
  const { asks } = model;
  const { work } = planned;
  if (asks === undefined || work === undefined || work.batches !== undefined) return planned;
  const mode = work.query === model.incremental ? "incremental" : "full";
  if (!asks.modes.includes(mode)) return planned;
  const script = askingScript(
    () => asks.compile(mode),
    (compiled) => planCompiled(compiled, planning).work,
  );
  return { ...planned, work: { ...work, query: undefined, script } };
}

function planCompiled(model: CompiledModel, planning: ModelPlanning): PlannedModel {
  const { materialization } = model;
  const { state, sql } = planning;
  const existing = state.find(model.relation);
  switch (materialization.kind) {
    case "ephemeral":
      return { work: undefined, diagnostics: [] };
    case "view":
      return full(
        model,
        {
          reason: replaceReason(existing, "view"),
          script: (functions) => view({ model, functions }, standingOf(model, state), sql),
        },
        planning,
      );
    case "table":
      return full(
        model,
        { reason: replaceReason(existing, "table"), script: () => table(model, standingOf(model, state), sql) },
        planning,
      );
    case "snapshot":
      return planSnapshot({ model, snapshot: materialization }, planning);
    case "incremental":
      return planIncremental({ model, materialization, record: planning.recordOf(model) }, planning);
  }
}
