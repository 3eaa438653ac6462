import type { Diagnostic } from "../../../domain/diagnostic.ts";
import { type ResourceGraph, topologicalOrder } from "../order.ts";
import { type EvaluatedSelection, evaluateSelection } from "./evaluate-selection.ts";
import type { IndirectSelection, ResourceType } from "../../../domain/selection-terms.ts";
import type { SelectableResource } from "./selectable-resource.ts";
import type { Selection } from "./selection.ts";
import type { SelectableProject } from "./selection-method.ts";
import type { SelectionTree } from "./selection-tree.ts";

/** What to select from a project. */
export interface SelectionOptions {
  /** The package whose project file was opened: `package:this`. */
  readonly rootPackage: string;
  /** Everything, if it is missing or empty. */
  readonly select?: Selection | undefined;
  readonly exclude?: Selection | undefined;
  /** A selector, in place of both. */
  readonly tree?: SelectionTree | undefined;
  /** The selectors of the project by their names, for `selector:`. */
  readonly selectors?: ReadonlyMap<string, SelectionTree> | undefined;
  /** Eager by default. */
  readonly indirectSelection?: IndirectSelection | undefined;
  /** Only these types, or all. Types are sorted out last, so that a model's tests are selected where models are not. */
  readonly resourceTypes?: readonly ResourceType[] | undefined;
  readonly excludeResourceTypes?: readonly ResourceType[] | undefined;
}

/** The selected ids in the order in which they would run, each once, and a warning for what selected nothing. */
export interface SelectedResources {
  readonly ids: readonly string[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Selects as dbt does: what `select` means and its tests, less what `exclude` means and its tests. `resources` are the
 * enabled ones; `graph` holds exactly these, and no edges from a test to models that wait for it.
 */
export function selectResources(
  graph: ResourceGraph,
  resources: readonly SelectableResource[],
  options: SelectionOptions,
): SelectedResources {
  const { rootPackage, select = [], exclude = [], resourceTypes, excludeResourceTypes = [] } = options;
  const idsOf = (...types: readonly ResourceType[]): ReadonlySet<string> =>
    new Set(resources.filter(({ resourceType }) => types.includes(resourceType)).map(({ uniqueId }) => uniqueId));
  const following = {
    graph,
    mode: options.indirectSelection ?? "eager",
    tests: idsOf("test", "unit_test"),
    sources: idsOf("source"),
  };
  const found = new Map<string, ReadonlySet<string>>();
  const selectorIds = (name: string): ReadonlySet<string> => {
    const known = found.get(name);
    if (known !== undefined) return known;
    // One that is in the middle of being looked up finds nothing in itself.
    found.set(name, new Set());
    const tree = options.selectors?.get(name);
    const ids = tree === undefined ? new Set<string>() : evaluateSelection(tree, project, following).ids;
    found.set(name, ids);
    return ids;
  };
  const project: SelectableProject = { rootPackage, resources, selectorIds };
  const asWords = (selection: Selection): SelectionTree => ({ kind: "words", selection, mode: undefined });
  const included: EvaluatedSelection =
    options.tree !== undefined
      ? evaluateSelection(options.tree, project, following)
      : select.length === 0
        ? { ids: new Set(resources.map(({ uniqueId }) => uniqueId)), warnings: [] }
        : evaluateSelection(asWords(select), project, following);
  const excluded = evaluateSelection(asWords(options.tree === undefined ? exclude : []), project, following);
  const selected = resources
    .filter(({ uniqueId }) => included.ids.has(uniqueId) && !excluded.ids.has(uniqueId))
    .filter(({ resourceType }) => resourceTypes?.includes(resourceType) ?? true)
    .filter(({ resourceType }) => !excludeResourceTypes.includes(resourceType));
  return {
    ids: topologicalOrder(graph, new Set(selected.map(({ uniqueId }) => uniqueId))),
    warnings: [...included.warnings, ...excluded.warnings],
  };
}
