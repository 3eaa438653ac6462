import { Graph } from "@dagrejs/graphlib";

/** A resource as the graph sees it: its unique id (`model.shop.dau`) and the ids that it reads from, if any. */
export interface GraphMember {
  readonly uniqueId: string;
  readonly dependsOn?: readonly string[] | undefined;
}

/** Which resource reads from which: an edge runs from what is read to its reader. Nothing can be changed through it. */
export type ResourceGraph = Pick<Graph, "nodes" | "hasNode" | "predecessors" | "successors">;

/** The graph of these resources. Throws where an id comes twice or a dependency is no member: linking has seen to that. */
export function buildGraph(members: Iterable<GraphMember>): ResourceGraph {
  const graph = new Graph({ directed: true });
  const all = [...members];
  for (const { uniqueId } of all) {
    if (graph.hasNode(uniqueId)) throw new Error(`two resources of the graph have the id ${uniqueId}`);
    graph.setNode(uniqueId);
  }
  for (const { uniqueId, dependsOn = [] } of all)
    for (const dependency of dependsOn) {
      if (!graph.hasNode(dependency))
        throw new Error(`${uniqueId} reads from ${dependency}, which is not in the graph`);
      graph.setEdge(dependency, uniqueId);
    }
  return graph;
}

/** The ids that a resource reads from, in no promised order. */
export function parentsOf(graph: ResourceGraph, id: string): readonly string[] {
  return graph.predecessors(id) ?? notInGraph(id);
}

/** The ids that read from a resource, in no promised order. */
export function childrenOf(graph: ResourceGraph, id: string): readonly string[] {
  return graph.successors(id) ?? notInGraph(id);
}

/** What these ids read from, at most `depth` edges away; one of them is in it only where another reads from it. */
export function ancestorsOf(
  graph: ResourceGraph,
  ids: Iterable<string>,
  depth: number = Infinity,
): ReadonlySet<string> {
  return reach(ids, depth, (id) => parentsOf(graph, id));
}

/** What reads from these ids, at most `depth` edges away; one of them is in it only where it reads from another. */
export function descendantsOf(
  graph: ResourceGraph,
  ids: Iterable<string>,
  depth: number = Infinity,
): ReadonlySet<string> {
  return reach(ids, depth, (id) => childrenOf(graph, id));
}

/**
 * The order in which dbt starts resources on one thread: by depth, ties by id, every resource after all that it reads
 * from. With `among`, only these ids, and depth counts only these: what lies between two of them still orders them.
 */
export function topologicalOrder(graph: ResourceGraph, among?: ReadonlySet<string>): readonly string[] {
  const depths = acyclicDepths(graph, among);
  if (depths.size < graph.nodes().length) throw new Error("a graph with a cycle has no order");
  return [...depths.keys()]
    .filter((id) => among?.has(id) ?? true)
    .sort((a, b) => {
      const deeper = (depths.get(a) ?? 0) - (depths.get(b) ?? 0);
      return deeper === 0 ? compareIds(a, b) : deeper;
    });
}

/**
 * For every id that neither lies on a cycle nor below one: the number of resources on the longest way above it, counting
 * only those of `among` where it is given.
 */
export function acyclicDepths(graph: ResourceGraph, among?: ReadonlySet<string>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const deepest = new Map<string, number>();
  const waitingFor = new Map(graph.nodes().map((id) => [id, parentsOf(graph, id).length]));
  const ready = [...waitingFor].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const depth = deepest.get(id) ?? 0;
    depths.set(id, depth);
    const below = depth + ((among?.has(id) ?? true) ? 1 : 0);
    for (const child of childrenOf(graph, id)) {
      deepest.set(child, Math.max(deepest.get(child) ?? 0, below));
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return depths;
}

/** Orders ids by code unit, the same on every machine whatever its language. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reach(ids: Iterable<string>, depth: number, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  let frontier: readonly string[] = [...ids];
  for (let level = 0; level < depth && frontier.length > 0; level++) {
    const fresh: string[] = [];
    for (const id of frontier)
      for (const neighbour of next(id))
        if (!reached.has(neighbour)) {
          reached.add(neighbour);
          fresh.push(neighbour);
        }
    frontier = fresh;
  }
  return reached;
}

function notInGraph(id: string): never {
  throw new Error(`${id} is not in the graph`);
}
