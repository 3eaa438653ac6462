import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { ModelVersion } from "../../domain/model-version.ts";
import { type Relation, relationKey, relationName } from "../../domain/relation.ts";
import type { Span } from "../../domain/source-file.ts";

/** A resource as far as its names have to be its own. */
export interface NamedResource {
  /** What messages call it: "model", "seed", "ingested table". */
  readonly kind: string;
  readonly name: string;
  readonly packageName: string;
  /** Whether it is what `ref()` finds by its name. */
  readonly isReferable: boolean;
  readonly version?: ModelVersion | undefined;
  /** What it writes, if it has a relation of its own. */
  readonly relation: Relation | undefined;
  readonly span: Span;
}

interface Twins {
  readonly resource: NamedResource;
  readonly first: NamedResource;
}

function findTwins(
  resources: readonly NamedResource[],
  keyOf: (resource: NamedResource) => string | undefined,
): readonly Twins[] {
  const known = new Map<string, NamedResource>();
  return resources.flatMap((resource) => {
    const key = keyOf(resource);
    const first = key === undefined ? undefined : known.get(key);
    if (first !== undefined) return [{ resource, first }];
    if (key !== undefined) known.set(key, resource);
    return [];
  });
}

function tell({ resource, first }: Twins, message: string): Diagnostic {
  const related = [{ message: `The other ${first.kind} is here.`, span: first.span }];
  return error("duplicate-name", message, { span: resource.span, related });
}

/** A name with a space in it cannot be selected, nor can a test that is named after it. */
function tellSpaces({ kind, name, span }: NamedResource): readonly Diagnostic[] {
  if (!/\s/u.test(name)) return [];
  return [
    error("resource-name", `The name of the ${kind} "${name}" has a space in it.`, { span, hint: "Rename its file." }),
  ];
}

/** Tells names with spaces, two enabled models or seeds of one name, and two resources that would write one relation (DBT_CONVENTIONS §8). */
export function checkNames(resources: readonly NamedResource[]): readonly Diagnostic[] {
  const sameName = findTwins(resources, ({ isReferable, packageName, name, version }) =>
    isReferable ? `${packageName}.${name}${version === undefined ? "" : `.v${String(version.value)}`}` : undefined,
  );
  const told = new Set(sameName.map(({ resource }) => resource));
  const sameRelation = findTwins(
    resources.filter((resource) => !told.has(resource)),
    ({ relation }) => (relation === undefined ? undefined : relationKey(relation)),
  );
  return [
    ...resources.filter(({ isReferable }) => isReferable).flatMap(tellSpaces),
    ...sameName.map((twins) => {
      const { kind, name } = twins.resource;
      return tell(twins, `There are two resources named "${name}"; this ${kind} needs a name of its own.`);
    }),
    ...sameRelation.map((twins) => {
      const { kind, name, relation } = twins.resource;
      const written = relation === undefined ? "" : relationName(relation);
      return tell(
        twins,
        `The ${kind} "${name}" would write ${written}, which the ${twins.first.kind} "${twins.first.name}" writes too.`,
      );
    }),
  ];
}
