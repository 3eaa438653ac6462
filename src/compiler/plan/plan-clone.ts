import type { BrokenResource } from "../../domain/compiled-project.ts";
import type { CompiledModel, Seed } from "../../domain/model.ts";
import type { Outcome, Plan, Step } from "../../domain/plan.ts";
import { type Relation, relationKey, relationName } from "../../domain/relation.ts";
import { execute, type Script } from "../../domain/script.ts";
import { sql as sqlText } from "../../domain/sql.ts";
import type { WarehouseSql } from "../materialize/warehouse-sql.ts";
import { prepareStep } from "./plan-run.ts";
import type { RunState } from "./run-state.ts";

/** What can be cloned. */
export type Clonable = CompiledModel | Seed | BrokenResource;

/** What is to be cloned, from where, and over what. */
export interface CloneRequest {
  /** Where an earlier run left the resources, by unique ids. */
  readonly stated: ReadonlyMap<string, Relation>;
  /** Whether what stands there already is replaced. */
  readonly fullRefresh: boolean;
  readonly state: RunState;
  readonly sql: WarehouseSql;
}

function done(message: string): Outcome {
  return { status: "success", message, rowCount: undefined, warnings: [] };
}

/** A pointer to the other table: an embedded DuckDB has no clones, and dbt makes a view of it there, too. */
function* clone(resource: Clonable, { stated, fullRefresh, state, sql }: CloneRequest): Script<Outcome> {
  const { uniqueId, relation } = resource;
  const from = stated.get(uniqueId);
  const existing = state.find(relation);
  if (from === undefined || relationKey(from) === relationKey(relation)) return done("No-op");
  if (existing !== undefined && !fullRefresh) return done("No-op");
  const { dialect } = sql;
  const query = sqlText`select * from ${dialect.relation(from)}`;
  const defined = dialect.replaceView(relation, existing?.kind, { query });
  yield* execute(...dialect.unit({ defined, rows: [], recorded: [] }));
  return done("OK");
}

function reasonOf({ uniqueId, relation }: Clonable, { stated, state, fullRefresh }: CloneRequest): string {
  const from = stated.get(uniqueId);
  if (from === undefined) return "the state knows no relation of it";
  if (state.find(relation) !== undefined && !fullRefresh) return "something stands there already";
  return `a view of ${relationName(from)}`;
}

/** The steps that put a pointer to what an earlier run left elsewhere under the name of each resource. None waits for another. */
export function planClone(resources: readonly Clonable[], request: CloneRequest): Plan {
  if (resources.length === 0) return { steps: [], refusals: [], warnings: [] };
  const prepare = prepareStep(
    resources.map(({ relation }) => relation),
    request.sql,
  );
  const steps = resources.map((resource): Step => {
    const { uniqueId, name, relation, path, resourceType } = resource;
    return {
      id: uniqueId,
      kind: resourceType === "seed" || resourceType === "snapshot" ? resourceType : "model",
      name,
      title: `clone ${relation.schema}.${relation.identifier}`,
      reason: reasonOf(resource, request),
      needs: [prepare.id],
      functions: [],
      relation,
      query: undefined,
      path,
      script: () => clone(resource, request),
    };
  });
  return { steps: [prepare, ...steps], refusals: [], warnings: [] };
}
