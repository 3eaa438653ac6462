import { acyclicDepths, compareIds, parentsOf, type ResourceGraph } from "./order.ts";

/**
 * One cycle of the graph, if there is any: each id reads from the next one, the last from the first. It is told from its
 * smallest id on and is the same for the same resources in any order; detours are left out.
 */
export function findCycle(graph: ResourceGraph): readonly string[] | undefined {
  const acyclic = acyclicDepths(graph);
  const entangled = graph
    .nodes()
    .filter((id) => !acyclic.has(id))
    .sort(compareIds);
  const first = entangled[0];
  if (first === undefined) return undefined;
  const readsFrom = (id: string): readonly string[] =>
    parentsOf(graph, id)
      .filter((parent) => !acyclic.has(parent))
      .sort(compareIds);
  const start = idOnCycle(first, readsFrom);
  return smallestFirst(shortestCycleThrough(start, readsFrom));
}

/** Whoever is entangled reads from somebody entangled, so walking that way must come round to an id that was passed. */
function idOnCycle(from: string, readsFrom: (id: string) => readonly string[]): string {
  const path = new Set<string>();
  let id: string | undefined = from;
  while (id !== undefined && !path.has(id)) {
    path.add(id);
    id = readsFrom(id)[0];
  }
  if (id === undefined) throw new Error(`${from} is neither above nor on a cycle`);
  const passed = [...path];
  return passed.slice(passed.indexOf(id)).reduce((a, b) => (compareIds(a, b) <= 0 ? a : b));
}

function shortestCycleThrough(start: string, readsFrom: (id: string) => readonly string[]): readonly string[] {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const reader of queue)
    for (const id of readsFrom(reader)) {
      if (id === start) return pathTo(reader, cameFrom);
      if (cameFrom.has(id)) continue;
      cameFrom.set(id, reader);
      queue.push(id);
    }
  throw new Error(`${start} is not on a cycle`);
}

function pathTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path: string[] = [];
  for (let id: string | undefined = end; id !== undefined; id = cameFrom.get(id)) path.push(id);
  return path.reverse();
}

function smallestFirst(cycle: readonly string[]): readonly string[] {
  const smallest = cycle.reduce((best, id, i) => (compareIds(id, cycle[best] ?? id) < 0 ? i : best), 0);
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)];
}
