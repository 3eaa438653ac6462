import { planRun } from "../compiler/plan/plan-run.ts";
import type { Diagnostic } from "../domain/diagnostic.ts";
import type { DueWindow } from "../domain/ingest-event.ts";
import type { Plan, Step } from "../domain/plan.ts";
import { bytesOfSteps, type PlannedBytes } from "./bytes-of-steps.ts";
import { connectStagedStore, connectStore, connectWarehouse } from "./connect.ts";
import { ingestedSources, sourceLedger } from "./ingest-sources.ts";
import type { Invocation } from "./invocation.ts";
import { readRunState } from "./read-run-state.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** What ingest would stage of one source. */
export interface PlannedIngest {
  readonly source: string;
  readonly due: readonly DueWindow[];
}

/** A step as far as it is known before the run: its statements up to the first question that only the run can answer. */
export interface PlannedStep {
  readonly step: Step;
  readonly statements: readonly string[];
  /** What the rest depends on, in words. */
  readonly until: string | undefined;
  /** What its query would read, where that is paid for and known. */
  readonly bytes?: number | undefined;
}

/** What `build` would do now. */
export interface PlannedBuild {
  readonly ingests: readonly PlannedIngest[];
  readonly steps: readonly PlannedStep[];
  readonly warnings: readonly Diagnostic[];
  /** The bytes of all steps, where the warehouse is paid by them. */
  readonly bytes: PlannedBytes | undefined;
}

/** How a build is planned. */
export interface PlanOptions extends SelectOptions {
  readonly fullRefresh: boolean;
}

/** Walks a step's script as far as its requests need no answer from the warehouse: the very script that `run` drives. */
function walk(step: Step): PlannedStep {
  const statements: string[] = [];
  const script = step.script();
  let next = script.next();
  while (next.done !== true) {
    const request = next.value;
    switch (request.kind) {
      case "execute":
        statements.push(...request.statements.map(({ text }) => text));
        next = script.next({ kind: "execute", rowCount: undefined });
        break;
      case "columns": {
        const { relation } = request;
        const name = "temporary" in relation ? relation.temporary : relation.identifier;
        return { step, statements, until: `the columns of "${name}"` };
      }
      case "load":
        next = script.next({ kind: "load" });
        break;
      case "finished":
        return { step, statements, until: "how the steps before it end" };
      case "check":
        statements.push(request.query.text);
        return { step, statements, until: "the columns of this query" };
      case "rows":
        statements.push(request.query.text);
        return { step, statements, until: step.kind === "test" ? "what this query counts" : "the rows of this query" };
      case "statement":
        statements.push(request.statement.text);
        return { step, statements, until: "what the warehouse answers" };
      case "relations":
      case "schemas":
        return { step, statements, until: "what the warehouse answers" };
      case "tell":
        next = script.next({ kind: "tell" });
        break;
      case "functions":
        next = script.next({ kind: "functions" });
        break;
    }
  }
  return { step, statements, until: undefined };
}

/** Plans what `build` would do now: due windows, steps, reasons, statements. It changes nothing. */
export async function planProject(invocation: Invocation, options: PlanOptions): Promise<PlannedBuild | undefined> {
  const selection = await openSelected(invocation, options);
  if (selection === undefined) return undefined;
  const { opened, selected } = selection;
  const { project, root } = opened;
  const ids = new Set(selected.map(({ uniqueId }) => uniqueId));
  const reach = { root, invocation };
  const warehouse = await connectWarehouse(reach, project.settings, "read");
  try {
    const sql = warehouseSql(project.settings, invocation);
    const ingests: PlannedIngest[] = [];
    const { planIngest } = await import("../ingest/plan-ingest.ts");
    for (const each of ingestedSources(opened).filter(({ source }) => ids.has(source.uniqueId))) {
      const raw = await connectStore(reach, each.settings.from, "read");
      const staged = await connectStagedStore(reach, each.settings.to);
      const ledger = sourceLedger(each, { warehouse, sql }, { invocation, access: "read" });
      const { due } = await planIngest(each.settings, { raw, staged, ledger });
      ingests.push({ source: each.settings.source, due });
    }
    const state = await readRunState(project, warehouse, sql);
    const planned = planRun(project, { selected: ids, fullRefresh: options.fullRefresh, state, sql });
    const { steps, warnings, refusals }: Plan = planned;
    if (refusals.length > 0) {
      invocation.emit({ kind: "diagnosed", diagnostics: refusals });
      return undefined;
    }
    const isPaid = project.settings.target.type === "bigquery";
    const bytes = isPaid ? await bytesOfSteps(steps, warehouse) : undefined;
    const walked = steps.map((step) => ({ ...walk(step), bytes: bytes?.byStep.get(step.id) }));
    return { ingests, steps: walked, warnings, bytes };
  } finally {
    warehouse.close();
  }
}
