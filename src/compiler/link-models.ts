import type { Diagnostic } from "../domain/diagnostic.ts";
import type { Source } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { cycleDiagnostic, type CycleLink } from "./graph/cycle-diagnostic.ts";
import { findCycle } from "./graph/find-cycle.ts";
import type { NameTable, Referable } from "./graph/name-table.ts";
import { buildGraph, topologicalOrder } from "./graph/order.ts";
import type { ParsedModel } from "./parse-model.ts";
import type { Recording } from "./template/context/recording.ts";

/** A resource that a model reads, and where it says so first. */
export interface Dependency {
  readonly uniqueId: string;
  readonly span: Span;
}

/** A model whose references lead to resources of the project. */
export interface LinkedModel extends ParsedModel {
  readonly dependencies: readonly Dependency[];
}

/** What references lead to, each resource once, in the order of their first mention; those that lead nowhere are reported. */
export function linkReferences(
  recordings: readonly Recording[],
  names: NameTable,
  report: (diagnostic: Diagnostic) => void,
): readonly Dependency[] {
  const found = new Map<string, Dependency>();
  const told = new Set<string>();
  const note = (span: Span, target: ReturnType<NameTable["model"]> | ReturnType<NameTable["source"]>): void => {
    if (target.ok) {
      const resource: Referable | Source = target.value;
      if (!found.has(resource.uniqueId)) found.set(resource.uniqueId, { uniqueId: resource.uniqueId, span });
      return;
    }
    // Both run modes mention the same places.
    const place = `${span.file.path}:${span.start}`;
    if (!told.has(place)) target.diagnostics.forEach(report);
    told.add(place);
  };
  for (const recording of recordings) {
    for (const reference of recording.refs) note(reference.span, names.model(reference));
    for (const reference of recording.sources) note(reference.span, names.source(reference));
  }
  return [...found.values()];
}

/** The models in an order in which each comes after all that it reads, or the circle that has no such order. */
export function orderModels(
  models: readonly LinkedModel[],
):
  { readonly ok: true; readonly ordered: readonly LinkedModel[] } | { readonly ok: false; readonly cycle: Diagnostic } {
  const byId = new Map(models.map((model) => [model.uniqueId, model]));
  const graph = buildGraph(
    models.map((model) => ({
      uniqueId: model.uniqueId,
      dependsOn: model.dependencies.map(({ uniqueId }) => uniqueId).filter((id) => byId.has(id)),
    })),
  );
  const cycle = findCycle(graph);
  if (cycle === undefined) return { ok: true, ordered: topologicalOrder(graph).flatMap((id) => byId.get(id) ?? []) };
  const links = cycle.flatMap((id, index): readonly CycleLink[] => {
    const model = byId.get(id);
    const next = cycle[(index + 1) % cycle.length];
    const span = model?.dependencies.find(({ uniqueId }) => uniqueId === next)?.span;
    return model === undefined || span === undefined ? [] : [{ name: model.name, span }];
  });
  return { ok: false, cycle: cycleDiagnostic(links) };
}
