import { didYouMean } from "../../nearest-name.ts";
import { hasWildcard } from "../matches-glob.ts";
import type { SelectableProject } from "./selection-method.ts";
import type { Criterion } from "./selection.ts";

/** A hint for criteria that nothing meets: what the first one whose value nothing has may have meant. */
export function suggestValue(criteria: readonly Criterion[], project: SelectableProject): string | undefined {
  const missed = criteria.find(({ method, query }) => !project.resources.some(method.match(query, project)));
  if (missed === undefined || hasWildcard(missed.query.value)) return undefined;
  const { method, query } = missed;
  return didYouMean(query.value, new Set(project.resources.flatMap((resource) => method.valuesOf(resource, query))));
}
