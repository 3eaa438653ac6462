import { type CompiledProject, dependenciesOf, resourcesOf } from "../../domain/compiled-project.ts";

/**
 * The functions of the prelude that a query needs: its own, and those of the views that it reads, however many views lie
 * between, for a view's query runs whenever it is read.
 */
export type NeededFunctions = (reads: readonly string[], own: readonly string[]) => readonly string[];

/** What the queries of a project need. */
export function neededFunctions(project: CompiledProject): NeededFunctions {
  const resources = new Map(resourcesOf(project).map((resource) => [resource.uniqueId, resource]));
  const ofViews = new Map<string, readonly string[]>();
  const needed: NeededFunctions = (reads, own) => [...new Set([...reads.flatMap(ofResource), ...own])];
  const ofResource = (id: string): readonly string[] => {
    const resource = resources.get(id);
    if (resource?.resourceType !== "model" || resource.materialization.kind !== "view") return [];
    const functions = ofViews.get(id) ?? needed(dependenciesOf(resource), resource.full.uses);
    ofViews.set(id, functions);
    return functions;
  };
  // Models come after what they read: asked in this order, no answer waits for another, however long a chain of views is.
  for (const { uniqueId } of project.models) ofResource(uniqueId);
  return needed;
}
