import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { type Relation, relationKey, relationName } from "../../domain/relation.ts";
import type { Span } from "../../domain/source-file.ts";

/** A resource as far as its names have to be its own. */
export interface NamedResource {
  readonly kind: string;
  readonly name: string;
  readonly relation: Relation | undefined;
  readonly span: Span;
}

function twins(
  resources: readonly NamedResource[],
  keyOf: (resource: NamedResource) => string | undefined,
  message: (resource: NamedResource) => string,
): readonly Diagnostic[] {
  const first = new Map<string, NamedResource>();
  return resources.flatMap((resource) => {
    const key = keyOf(resource);
    if (key === undefined) return [];
    const known = first.get(key);
    if (known === undefined) {
      first.set(key, resource);
      return [];
    }
    const related = [{ message: `The other ${known.kind} is here.`, span: known.span }];
    return [error("duplicate-name", message(resource), { span: resource.span, related })];
  });
}

/** Tells two enabled models or seeds of one name, and two that would be one relation (DBT_CONVENTIONS §8). */
export function checkNames(resources: readonly NamedResource[]): readonly Diagnostic[] {
  const sameName = twins(
    resources,
    ({ name }) => name,
    ({ kind, name }) => `There are two resources named "${name}"; this ${kind} needs a name of its own.`,
  );
  if (sameName.length > 0) return sameName;
  return twins(
    resources,
    ({ relation }) => (relation === undefined ? undefined : relationKey(relation)),
    ({ relation, kind, name }) =>
      `The ${kind} "${name}" would write ${relation === undefined ? "" : relationName(relation)}, which another one writes too.`,
  );
}
