import { planRun } from "../compiler/plan/plan-run.ts";
import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import type { CompiledResource } from "../domain/compiled-project.ts";
import type { ResourceType } from "../domain/selection-terms.ts";
import { isFailure, type StepResult } from "../domain/run-event.ts";
import { runPlan } from "../runner/run-plan.ts";
import type { Warehouse } from "../runner/warehouse.ts";
import { writeRunArtifacts } from "./artifacts/write-artifacts.ts";
import { connectWarehouse } from "./connect.ts";
import { ingestedSources, ingestSources } from "./ingest-sources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import type { OpenProject } from "./open-project.ts";
import { readRunState } from "./read-run-state.ts";
import { openSelected, type SelectOptions, selectProject } from "./select-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What a run is to do. `ingests`: sources that the selection reads are ingested first (`tsdbt build`). */
export interface RunOptions extends SelectOptions {
  readonly resourceTypes: readonly ResourceType[];
  readonly fullRefresh: boolean;
  readonly stopsAtFailure: boolean;
  readonly ingests: boolean;
}

/** An opened project with an open warehouse, and what is selected of it. */
interface PreparedRun {
  readonly opened: OpenProject;
  readonly warehouse: Warehouse;
  readonly sql: WarehouseSql;
  readonly selected: readonly CompiledResource[];
}

async function runSelected(prepared: PreparedRun, options: RunOptions, invocation: Invocation): Promise<Ending> {
  const { opened, warehouse, sql, selected } = prepared;
  const { project } = opened;
  const state = await readRunState(project, warehouse, sql);
  const plan = planRun(project, {
    selected: new Set(selected.map(({ uniqueId }) => uniqueId)),
    fullRefresh: options.fullRefresh,
    state,
    sql,
  });
  if (!plan.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: plan.diagnostics });
    return "refusal";
  }
  const results: readonly StepResult[] = await runPlan(plan.value, {
    warehouse,
    threads: project.settings.target.threads,
    stopsAtFailure: options.stopsAtFailure,
    signal: invocation.signal,
    target: project.settings.target.name,
    clock: invocation.clock,
    emit: invocation.emit,
  });
  writeRunArtifacts(opened, results, invocation);
  if (invocation.signal.aborted) return "refusal";
  return results.some(({ ending }) => isFailure(ending)) ? "failure" : "success";
}

/** Runs what is selected of a project, after ingest where that belongs to it, and writes the record of it. */
export async function runProject(invocation: Invocation, options: RunOptions): Promise<Ending> {
  const selection = await openSelected(invocation, options);
  if (selection === undefined) return "refusal";
  const { opened, selected } = selection;
  const { project, root } = opened;
  const warehouse = await connectWarehouse({ root, invocation }, project.settings, "write");
  try {
    const sql = warehouseSql(project.settings, invocation.id);
    if (options.ingests) {
      const all = selectProject(
        project,
        { ...options, resourceTypes: undefined },
        { ...invocation, emit: () => undefined },
      );
      const ids = new Set(all.ok ? all.value.map(({ uniqueId }) => uniqueId) : []);
      const sources = ingestedSources(opened).filter(({ source }) => ids.has(source.uniqueId));
      await ingestSources(sources, { opened, warehouse, sql, range: undefined }, invocation);
    }
    return await runSelected({ opened, warehouse, sql, selected }, options, invocation);
  } finally {
    warehouse.close();
  }
}
