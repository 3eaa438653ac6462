import type { CompiledTest } from "../../domain/model.ts";
import { ancestorsOf, parentsOf, type ResourceGraph } from "../graph/order.ts";

/** The nearest of the steps above each resource: what lies between two steps and does nothing is passed through. */
export function nearestSteps(graph: ResourceGraph, id: string, steps: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...parentsOf(graph, id)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (steps.has(next)) found.add(next);
    else open.push(...parentsOf(graph, next));
  }
  return [...found].sort();
}

/**
 * The tests that each resource has to wait for: a test gates what comes after everything that the test reads (DBT_SEMANTICS
 * §14). One that only warns is waited for too, as in dbt, but no count of its failures stops anything.
 */
export function gatingTests(
  graph: ResourceGraph,
  resources: readonly string[],
  tests: readonly Pick<CompiledTest, "uniqueId" | "dependsOn">[],
): ReadonlyMap<string, readonly string[]> {
  const gates = new Map<string, readonly string[]>();
  if (tests.length === 0) return gates;
  for (const id of resources) {
    const above = ancestorsOf(graph, [id]);
    const gating = tests.filter(
      ({ dependsOn }) => dependsOn.length > 0 && dependsOn.every((parent) => above.has(parent)),
    );
    gates.set(
      id,
      gating.map(({ uniqueId }) => uniqueId),
    );
  }
  return gates;
}
