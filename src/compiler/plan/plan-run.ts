import {
  type BrokenResource,
  type CompiledProject,
  type CompiledResource,
  dependenciesOf,
  resourcesOf,
} from "../../domain/compiled-project.ts";
import type { EventTimeRange } from "../../domain/batch.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { RecordedTable } from "../../domain/ledger.ts";
import type { CompiledTest, Materialization, Seed, CompiledModel } from "../../domain/model.ts";
import type { Outcome, Plan, Step } from "../../domain/plan.ts";
import { type Relation, relationKey } from "../../domain/relation.ts";
import { execute, type Script } from "../../domain/script.ts";
import { parentsOf, ancestorsOf, buildGraph, type ResourceGraph, topologicalOrder } from "../graph/order.ts";
import { dataTest } from "../materialize/data-test.ts";
import { seed as seedScript } from "../materialize/seed.ts";
import { unitTest } from "../materialize/unit-test.ts";
import type { CompiledUnitTest } from "../../domain/unit-test.ts";
import type { WarehouseSql } from "../materialize/warehouse-sql.ts";
import { askingScript } from "./asking-script.ts";
import { hookStep } from "./hook-steps.ts";
import type { BatchRequest } from "./plan-batches.ts";
import { isRelaid, type ModelPlanning, planModel, replaceReason } from "./model-step.ts";
import type { RunState } from "./run-state.ts";
import { type NeededFunctions, neededFunctions } from "./needed-functions.ts";
import { brokenInputs, brokenStep, isError, refusedWork } from "./broken-step.ts";
import { gatingTests, nearestSteps } from "./step-needs.ts";

/** What is to be run: resources by their unique ids, and how. */
export interface RunRequest {
  readonly selected: ReadonlySet<string>;
  readonly fullRefresh: boolean;
  /** Whether a test fails where it would only warn (`--warn-error`). */
  readonly failsOnWarnings?: boolean;
  readonly eventTimes?: EventTimeRange | undefined;
  /** What the batches of a run that is made again come from. */
  readonly retried?: Pick<BatchRequest, "earlier" | "nowMs"> | undefined;
  readonly state: RunState;
  readonly sql: WarehouseSql;
}

/** The step before all others: schemas and the ledger's tables. */
const prepareId = "prepare";

/** What resources wait for besides what they read. */
type Gates = ReadonlyMap<string, readonly string[]>;

/** The graph of all resources of a compiled project. */
export function projectGraph(project: CompiledProject): ResourceGraph {
  const resources = resourcesOf(project);
  const known = new Set(resources.map(({ uniqueId }) => uniqueId));
  return buildGraph(
    resources.map((resource) => ({
      uniqueId: resource.uniqueId,
      dependsOn: dependenciesOf(resource).filter((id) => known.has(id)),
    })),
  );
}

/** What comes after what in a run: tests before what they gate, a unit test behind what its model reads. */
function runGraph(graph: ResourceGraph, resources: readonly CompiledResource[], gates: Gates): ResourceGraph {
  return buildGraph(
    resources.map((resource) => ({
      uniqueId: resource.uniqueId,
      dependsOn: [...parentsOf(graph, readerOf(resource)), ...(gates.get(resource.uniqueId) ?? [])],
    })),
  );
}

/** Whose inputs a resource needs: a unit test those of its model. */
function readerOf(resource: CompiledResource): string {
  return resource.resourceType === "unit_test" ? resource.model : resource.uniqueId;
}

function recordOf(project: CompiledProject, graph: ResourceGraph): ModelPlanning["recordOf"] {
  const ingested = project.sources.flatMap(({ uniqueId, ingest }) =>
    ingest === undefined ? [] : [{ uniqueId, ingest }],
  );
  return (model): RecordedTable => {
    const above = ancestorsOf(graph, [model.uniqueId]);
    const read = ingested.filter(({ uniqueId }) => above.has(uniqueId)).map(({ ingest }) => ingest);
    const key = model.materialization.kind === "incremental" ? model.materialization.uniqueKey : [];
    const isKeyedBy = (column: string | undefined): boolean =>
      column !== undefined && key.length === 1 && key[0]?.toLowerCase() === column.toLowerCase();
    return {
      uniqueId: model.uniqueId,
      relation: model.relation,
      sources: read.map(({ source }) => source),
      followsMovesOf: read
        .filter(({ columns }) => isKeyedBy(columns.find(({ role }) => role === "id")?.name))
        .map(({ source }) => source),
    };
  };
}

function* prepare(relations: readonly Relation[], { dialect, ledgerDialect, ledger }: WarehouseSql): Script<Outcome> {
  yield* execute(...relations.flatMap((relation) => dialect.createSchema(relation)), ...ledgerDialect.create(ledger));
  return { status: "success", message: "OK", rowCount: undefined, warnings: [] };
}

/** The step before all others: it makes schemas, and the tables of the ledger. */
export function prepareStep(relations: readonly Relation[], sql: WarehouseSql): Step {
  const schemas = new Map(relations.map((relation) => [relationKey({ ...relation, identifier: "" }), relation]));
  const names = [...schemas.values()].map(({ schema }) => schema);
  return {
    id: prepareId,
    kind: "prepare",
    name: prepareId,
    title: `schemas ${names.join(", ")} and ledger`,
    reason: "made where they are missing",
    needs: [],
    functions: [],
    relation: undefined,
    query: undefined,
    path: undefined,
    script: () => prepare([...schemas.values()], sql),
  };
}

function testStep(
  test: CompiledTest,
  { needs, functions }: Pick<Step, "needs" | "functions">,
  { state, sql, failsOnWarnings = false }: RunRequest,
): Step {
  return {
    id: test.uniqueId,
    kind: "test",
    name: test.name,
    title: `test ${test.name}`,
    reason: test.severity === "warn" ? "only warns if it fails" : "keeps what lies below from running if it fails",
    needs,
    functions,
    relation: test.stored?.relation,
    query: test.query,
    text: test.rows,
    path: test.path,
    script: () => dataTest({ test, functions, failsOnWarnings }, state.find(test.relation)?.kind, sql),
  };
}

function isBuilder(resource: Runnable): resource is Exclude<Runnable, CompiledTest | CompiledUnitTest> {
  return !isTest(resource) && resource.resourceType !== "unit_test";
}

/** A model waits for its unit tests too. */
function withUnitTests(gates: Gates, unitTests: readonly CompiledUnitTest[]): Gates {
  const all = new Map(gates);
  for (const { uniqueId, model } of unitTests) all.set(model, [...(all.get(model) ?? []), uniqueId]);
  return all;
}

function unitTestStep(test: CompiledUnitTest, needs: readonly string[], { sql }: RunRequest): Step {
  const { uniqueId, modelName, name, query, text, path } = test;
  return {
    id: uniqueId,
    kind: "unit_test",
    name: `${modelName}::${name}`,
    title: `unit_test ${modelName}::${name}`,
    reason: "keeps its model from running if it fails",
    needs,
    functions: query?.uses ?? [],
    relation: undefined,
    query,
    text,
    path,
    script: () => unitTest(test, sql),
  };
}

function storedRelations(tests: readonly (CompiledTest | BrokenResource)[]): readonly Relation[] {
  return tests.flatMap((test) => (test.resourceType === "test" ? (test.stored?.relation ?? []) : []));
}

/** A test that asks the warehouse is compiled before it does anything. */
function planTest(
  test: CompiledTest,
  needs: readonly string[],
  { request, needed }: { readonly request: RunRequest; readonly needed: NeededFunctions },
): Step {
  const stepOf = (of: CompiledTest): Step => testStep(of, { needs, functions: testFunctions(of, needed) }, request);
  const step = stepOf(test);
  const { asks } = test;
  if (asks === undefined) return step;
  return { ...step, query: undefined, text: undefined, script: askingScript(() => asks.compile("full"), stepOf) };
}

/** A test calls what its query calls, and what the query of the rows calls that it keeps. */
function testFunctions({ dependsOn, query, stored }: CompiledTest, needed: NeededFunctions): readonly string[] {
  return needed(dependsOn, [...(stored?.rows.uses ?? []), ...query.uses]);
}

function seedStep(seed: Seed, needs: readonly string[], { state, sql }: RunRequest): Step {
  const existing = state.find(seed.relation);
  return {
    id: seed.uniqueId,
    kind: "seed",
    name: seed.name,
    title: `seed file ${seed.relation.schema}.${seed.relation.identifier}`,
    reason: replaceReason(existing, "table"),
    needs,
    functions: [],
    relation: seed.relation,
    query: undefined,
    path: seed.path,
    script: () => seedScript(seed, { kind: existing?.kind, isRelaid: isRelaid(existing, undefined) }, sql),
  };
}

/** What has a step of its own in a run. */
type Runnable = Seed | CompiledModel | CompiledTest | CompiledUnitTest | BrokenResource;

function isStep(resource: CompiledResource): resource is Runnable {
  switch (resource.resourceType) {
    case "model":
      return resource.materialization.kind !== "ephemeral";
    case "broken":
      return resource.materialized !== "ephemeral";
    case "snapshot":
    case "seed":
    case "test":
    case "unit_test":
      return true;
    case "source":
    case "analysis":
    case "exposure":
      return false;
  }
}

/** What lines call the way in which a model is built. */
function wordFor(materialization: Materialization): string {
  const { kind } = materialization;
  return kind === "incremental" && materialization.strategy.kind === "microbatch" ? "microbatch" : kind;
}

function isTest(resource: CompiledResource): resource is CompiledTest | BrokenResource {
  return resource.resourceType === "test" || (resource.resourceType === "broken" && resource.kind === "test");
}

/**
 * The steps of a run with their reasons, in the order of dbt: by depth, tests that gate counted, then by id. What must not be done at all, such as
 * building a lost incremental table anew in silence, is an error before anything runs.
 */
export function planRun(project: CompiledProject, request: RunRequest): Plan {
  const graph = projectGraph(project);
  const resources = new Map(resourcesOf(project).map((resource) => [resource.uniqueId, resource]));
  const chosen = [...resources.values()].filter(isStep).filter(({ uniqueId }) => request.selected.has(uniqueId));
  const ids = new Set(chosen.map(({ uniqueId }) => uniqueId));
  const tests = chosen.filter(isTest);
  const unitTests = chosen.filter((resource) => resource.resourceType === "unit_test");
  const others = chosen.filter(isBuilder);
  const builders = new Set(others.map(({ uniqueId }) => uniqueId));
  const gates = withUnitTests(gatingTests(graph, [...builders], tests), unitTests);
  const needed = neededFunctions(project);
  const { eventTimes = {}, retried = { earlier: new Map(), nowMs: Math.ceil(request.sql.now / 1000) } } = request;
  const batches = { eventTimes, ...retried };
  const planning: ModelPlanning = { ...request, neededFunctions: needed, recordOf: recordOf(project, graph), batches };
  const made = [...others.map(({ relation }) => relation), ...storedRelations(tests)];
  const hooks = chosen.length === 0 ? [] : project.runHooks;
  // Tests that keep nothing only look: there is nothing to prepare for them.
  const first: Step[] = made.length === 0 ? [] : [prepareStep(made, request.sql)];
  for (const hook of hooks.filter(({ when }) => when === "start"))
    first.push(hookStep(hook, { needs: first.map((step) => step.id) }));
  const preparedIds = first.map((step) => step.id);
  const steps: Step[] = [...first];
  const diagnostics: Diagnostic[] = [];
  for (const id of topologicalOrder(runGraph(graph, [...resources.values()], gates), ids)) {
    const resource = resources.get(id);
    if (resource === undefined || resource.resourceType === "source") continue;
    const above = nearestSteps(graph, readerOf(resource), builders);
    const needs = [...preparedIds, ...above, ...(gates.get(id) ?? [])];
    if (resource.resourceType === "broken") steps.push(brokenStep(resource, { needs, resources, ids }));
    else if (resource.resourceType === "test") steps.push(planTest(resource, needs, { request, needed }));
    else if (resource.resourceType === "unit_test") steps.push(unitTestStep(resource, needs, request));
    else if (resource.resourceType === "seed") steps.push(seedStep(resource, needs, request));
    else if (resource.resourceType === "model" || resource.resourceType === "snapshot") {
      const planned = planModel(resource, planning);
      diagnostics.push(...planned.diagnostics);
      const { relation, materialization, name, path } = resource;
      const place = `${relation.schema}.${relation.identifier}`;
      const title =
        resource.resourceType === "snapshot" ? `snapshot ${place}` : `sql ${wordFor(materialization)} model ${place}`;
      const errors = planned.diagnostics.filter(isError);
      const onError = resource.config["on_error"] === "continue" ? "continue" : "skip";
      const head = { id, kind: resource.resourceType, name, title, needs, relation, path, onError } as const;
      if (errors.length > 0) steps.push({ ...head, ...refusedWork(errors) });
      else if (planned.work !== undefined) steps.push({ ...head, ...planned.work });
    }
  }
  for (const hook of hooks.filter(({ when }) => when === "end"))
    steps.push(hookStep(hook, { needs: [], follows: steps.map((step) => step.id) }));
  return {
    steps,
    refusals: diagnostics.filter(isError),
    warnings: [...brokenInputs(chosen, resources), ...diagnostics.filter((each) => !isError(each))],
  };
}
