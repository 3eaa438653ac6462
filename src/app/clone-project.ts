import { type Clonable, planClone } from "../compiler/plan/plan-clone.ts";
import type { CompiledResource } from "../domain/compiled-project.ts";
import { isFailure } from "../domain/run-event.ts";
import { WorldError } from "../domain/world-error.ts";
import { runPlan } from "../runner/run-plan.ts";
import { writeRunArtifacts } from "./artifacts/write-artifacts.ts";
import { connectWarehouse } from "./connect.ts";
import { statedRelations } from "./defer-resources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { lockedRun } from "./locked-run.ts";
import { readRunState } from "./read-run-state.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What `clone` is to do. */
export interface CloneOptions extends SelectOptions {
  readonly fullRefresh: boolean;
}

function isClonable(resource: CompiledResource): resource is Clonable {
  switch (resource.resourceType) {
    case "model":
      return resource.materialization.kind !== "ephemeral";
    case "broken":
      return resource.kind !== "test" && resource.materialized !== "ephemeral";
    case "snapshot":
    case "seed":
      return true;
    case "source":
    case "test":
    case "unit_test":
    case "analysis":
    case "exposure":
      return false;
  }
}

/** Puts, under the names of what is selected, pointers to where an earlier run's artifacts say that it stands. */
export async function cloneProject(invocation: Invocation, options: CloneOptions): Promise<Ending> {
  const { state } = options;
  if (state === undefined)
    throw new WorldError("no-state", "A clone is of what an earlier run left elsewhere, and none is named.", {
      hint: "Name the folder of its artifacts by --state.",
    });
  const types = { ...options, deferral: undefined, resourceTypes: ["model", "seed", "snapshot"] as const };
  const selection = await openSelected(invocation, { ...types, broken: "kept" });
  if (selection === undefined) return "refusal";
  const { opened } = selection;
  const { project, root } = opened;
  const { settings } = project;
  if (settings.target.type !== "duckdb")
    throw new WorldError("unsupported-target", "tsdbt does not clone on BigQuery yet.");
  const stated = statedRelations(state, invocation);
  const warehouse = await connectWarehouse({ root, invocation }, settings, "write");
  try {
    const sql = warehouseSql(settings, invocation);
    return await lockedRun({ warehouse, sql, invocation }, settings, async ({ sql: held, invocation: holding }) => {
      const standing = await readRunState(project, warehouse, held);
      const { fullRefresh } = options;
      const plan = planClone(selection.selected.filter(isClonable), {
        stated,
        fullRefresh,
        state: standing,
        sql: held,
      });
      const results = await runPlan(plan, {
        warehouse,
        threads: settings.target.threads,
        stopsAtFailure: false,
        signal: holding.signal,
        target: settings.target.name,
        commentOf: project.commentOf,
        clock: holding.clock,
        emit: holding.emit,
      });
      writeRunArtifacts(opened, { results }, holding);
      if (holding.signal.aborted) return "refusal";
      return results.some(({ ending }) => isFailure(ending)) ? "failure" : "success";
    });
  } finally {
    warehouse.close();
  }
}
