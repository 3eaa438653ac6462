import type { IndirectSelection } from "../../../domain/selection-terms.ts";
import { ancestorsOf, childrenOf, parentsOf, type ResourceGraph } from "../order.ts";

/** How tests follow their parents in one project: the mode, the ids of all tests, and the ids of all sources. */
export interface TestFollowing {
  readonly graph: ResourceGraph;
  readonly mode: IndirectSelection;
  readonly tests: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/** Ids that are selected, and tests of theirs that wait for their other parents to be selected too. */
export interface Picked {
  readonly selected: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

/** Adds to what one criterion selected the tests that read from it: at once (eager), or when no parent is missing. */
export function pickTestsOf(selected: ReadonlySet<string>, following: TestFollowing): Picked {
  const { graph, mode, tests, sources } = following;
  const picked = new Set(selected);
  const waiting = new Set<string>();
  if (mode === "empty") return { selected, waiting };
  const present = mode === "buildable" ? [...withAncestors(graph, selected), ...sources] : selected;
  const isComplete = completeAmong(graph, new Set(present));
  for (const id of selected)
    for (const child of childrenOf(graph, id))
      if (tests.has(child)) (mode === "eager" || isComplete(child) ? picked : waiting).add(child);
  return { selected: picked, waiting };
}

/**
 * Adds the candidates whose parents have all shown up once criteria are combined. In `buildable`, as in dbt, a source
 * counts here only where something selected reads from it.
 */
export function admitWaiting(
  selected: ReadonlySet<string>,
  candidates: ReadonlySet<string>,
  { graph, mode }: TestFollowing,
): ReadonlySet<string> {
  if (mode === "eager" || mode === "empty") return selected;
  const isComplete = completeAmong(graph, mode === "buildable" ? withAncestors(graph, selected) : selected);
  return new Set([...selected, ...[...candidates].filter(isComplete)]);
}

function withAncestors(graph: ResourceGraph, ids: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids, ...ancestorsOf(graph, ids)]);
}

function completeAmong(graph: ResourceGraph, present: ReadonlySet<string>): (id: string) => boolean {
  return (id) => parentsOf(graph, id).every((parent) => present.has(parent));
}
