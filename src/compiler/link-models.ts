import type { Diagnostic } from "../domain/diagnostic.ts";
import type { Span } from "../domain/source-file.ts";
import { cycleDiagnostic, type CycleLink } from "./graph/cycle-diagnostic.ts";
import { findCycle } from "./graph/find-cycle.ts";
import type { NameTable, Readable } from "./graph/name-table.ts";
import { buildGraph, topologicalOrder } from "./graph/order.ts";
import type { ParsedModel } from "./parse-model.ts";
import type { ModelBatch } from "./template/context/batch-values.ts";
import type { Recording } from "./template/context/recording.ts";

/** A resource that a model reads, and where it says so first. */
export interface Dependency {
  readonly uniqueId: string;
  readonly span: Span;
}

/** A model whose references lead to resources of the project. */
export interface LinkedModel extends ParsedModel {
  readonly dependencies: readonly Dependency[];
  /** The batch that it is compiled for, if it is. */
  readonly batch?: ModelBatch | undefined;
}

/** What references lead to. */
export interface LinkedReferences {
  /** Sources first, as in dbt, each resource once, in the order of their first mention. */
  readonly dependencies: readonly Dependency[];
  /** Whether every reference leads somewhere; where one does not, that was reported. */
  readonly isSound: boolean;
}

/** Resolves what templates refer to. */
export function linkReferences(
  recordings: readonly Recording[],
  names: NameTable,
  report: (diagnostic: Diagnostic) => void,
): LinkedReferences {
  const targets = [
    ...recordings.flatMap(({ sources }) => sources.map((each) => ({ span: each.span, target: names.source(each) }))),
    ...recordings.flatMap(({ refs }) => refs.map((each) => ({ span: each.span, target: names.model(each) }))),
  ];
  const found = new Map<string, Dependency>();
  const told = new Set<string>();
  for (const { span, target } of targets) {
    if (target.ok) {
      const { uniqueId }: Readable = target.value;
      if (!found.has(uniqueId)) found.set(uniqueId, { uniqueId, span });
      continue;
    }
    // Both run modes mention the same places.
    const place = `${span.file.path}:${span.start}`;
    if (!told.has(place)) target.diagnostics.forEach(report);
    told.add(place);
  }
  return { dependencies: [...found.values()], isSound: told.size === 0 };
}

/** The models in an order in which each comes after all that it reads, without those that have none. */
export interface OrderedModels {
  readonly ordered: readonly LinkedModel[];
  /** The circles that have no such order, one diagnostic each. */
  readonly cycles: readonly Diagnostic[];
}

function tellCycle(cycle: readonly string[], byId: ReadonlyMap<string, LinkedModel>): Diagnostic {
  const links = cycle.flatMap((id, index): readonly CycleLink[] => {
    const model = byId.get(id);
    const next = cycle[(index + 1) % cycle.length];
    const span = model?.dependencies.find(({ uniqueId }) => uniqueId === next)?.span;
    return model === undefined || span === undefined ? [] : [{ name: model.name, span }];
  });
  return cycleDiagnostic(links);
}

/** Orders models by what they read; a circle is told and its models are left out, so that others come to their turn. */
export function orderModels(models: readonly LinkedModel[]): OrderedModels {
  const byId = new Map(models.map((model) => [model.uniqueId, model]));
  const cycles: Diagnostic[] = [];
  for (const rest = new Map(byId); ;) {
    const graph = buildGraph(
      [...rest.values()].map(({ uniqueId, dependencies }) => ({
        uniqueId,
        dependsOn: dependencies.map((dependency) => dependency.uniqueId).filter((id) => rest.has(id)),
      })),
    );
    const cycle = findCycle(graph);
    if (cycle === undefined) return { ordered: topologicalOrder(graph).flatMap((id) => rest.get(id) ?? []), cycles };
    cycles.push(tellCycle(cycle, byId));
    for (const id of cycle) rest.delete(id);
  }
}
