import type { Diagnostic } from "../../../domain/diagnostic.ts";
import { ancestorsOf, descendantsOf, type ResourceGraph } from "../order.ts";
import { admitWaiting, type Picked, pickTestsOf, type TestFollowing } from "./indirect-selection.ts";
import { matchesNothing } from "./selection-diagnostics.ts";
import type { SelectableProject } from "./selection-method.ts";
import type { Criterion, Reach, Selection } from "./selection.ts";
import type { SelectionTree } from "./selection-tree.ts";
import { suggestValue } from "./suggest-value.ts";

/** The ids that a selection means, tests included, and a warning for each of its parts that means none. */
export interface EvaluatedSelection {
  readonly ids: ReadonlySet<string>;
  readonly warnings: readonly Diagnostic[];
}

/** Looks a selection up in a project, whose tests follow as given. */
export function evaluateSelection(
  tree: SelectionTree,
  project: SelectableProject,
  following: TestFollowing,
): EvaluatedSelection {
  const warnings: Diagnostic[] = [];
  const evaluate = (each: SelectionTree): Picked => {
    switch (each.kind) {
      case "words":
        return evaluateWords(each.selection, { ...following, mode: each.mode ?? following.mode });
      case "union":
      case "intersection":
        return combine(each.sides.map(evaluate), each.kind === "union" ? idsInAny : idsInAll, following);
      case "difference":
        return combine([evaluate(each.from), evaluate(each.without)], idsInFirst, following);
    }
  };
  const evaluateWords = (selection: Selection, ownFollowing: TestFollowing): Picked => {
    const picks = selection.map(({ span, criteria }) => {
      const picked = combine(
        criteria.map((criterion) => pickTestsOf(findAll(criterion, project, following.graph), ownFollowing)),
        idsInAll,
        ownFollowing,
      );
      if (picked.selected.size === 0) warnings.push(matchesNothing(span, suggestValue(criteria, project)));
      return picked;
    });
    return combine(picks, idsInAny, ownFollowing);
  };
  return { ids: evaluate(tree).selected, warnings };
}

function findAll(
  { method, query, reach }: Criterion,
  project: SelectableProject,
  graph: ResourceGraph,
): ReadonlySet<string> {
  const isMatch = method.match(query, project);
  return withRelatives(new Set(project.resources.filter(isMatch).map(({ uniqueId }) => uniqueId)), reach, graph);
}

function withRelatives(ids: ReadonlySet<string>, reach: Reach, graph: ResourceGraph): ReadonlySet<string> {
  if (reach.kind === "relatives")
    return idsInAny([ids, ancestorsOf(graph, ids, reach.ancestors), descendantsOf(graph, ids, reach.descendants)]);
  const withDescendants = idsInAny([ids, descendantsOf(graph, ids)]);
  return idsInAny([withDescendants, ancestorsOf(graph, withDescendants)]);
}

type Merge = (sets: readonly ReadonlySet<string>[]) => ReadonlySet<string>;

/** Tests that wait on one side can be completed by what another side selects, so they are merged and judged anew. */
function combine(picks: readonly Picked[], merge: Merge, following: TestFollowing): Picked {
  const selected = merge(picks.map((pick) => pick.selected));
  const waiting = merge(picks.map((pick) => idsInAny([pick.selected, pick.waiting])));
  return { selected: admitWaiting(selected, waiting, following), waiting };
}

function idsInAny(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function idsInAll(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((id) => others.every((set) => set.has(id))));
}

function idsInFirst(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((id) => !others.some((set) => set.has(id))));
}
