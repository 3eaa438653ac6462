import type { ReadingRules } from "../domain/settings.ts";
import { type DataMap, isDataMap } from "../domain/data.ts";
import { type Relation, relationKey } from "../domain/relation.ts";
import { readManifest } from "./changes-since.ts";
import { connectWarehouse } from "./connect.ts";
import type { Invocation } from "./invocation.ts";
import type { OpenProject } from "./open-project.ts";
import { textAt } from "./read-run-results.ts";

/** What is read elsewhere than where it belongs (`--defer`). */
export interface Deferral {
  /** The folder of the artifacts that say where. */
  readonly state: string;
  /** Whether also what stands where it belongs is read elsewhere. */
  readonly favorsState: boolean;
}

/** Where the resources of an earlier run's manifest stand, by unique ids. */
export function statedRelations(
  folder: string,
  { folder: from }: Pick<Invocation, "folder">,
): ReadonlyMap<string, Relation> {
  const nodes = readManifest(folder, from)["nodes"];
  const relationOf = (node: DataMap): Relation | undefined => {
    const [database, schema, identifier] = ["database", "schema", "alias"].map((key) => textAt(node, key));
    const isPlace = textAt(node, "resource_type") !== "test";
    if (!isPlace || database === undefined || schema === undefined || identifier === undefined) return undefined;
    return { database, schema, identifier };
  };
  return new Map(
    Object.entries(isDataMap(nodes) ? nodes : {}).flatMap(([id, node]) => {
      const relation = isDataMap(node) ? relationOf(node) : undefined;
      return relation === undefined ? [] : [[id, relation] as const];
    }),
  );
}

/** Where what is not selected is read: in the other place where it is missing here, or where that one is favoured. */
export async function deferResources(
  { opened, selected }: { readonly opened: OpenProject; readonly selected: ReadonlySet<string> },
  { state, favorsState }: Deferral,
  invocation: Invocation,
): Promise<ReadingRules["deferred"]> {
  const { project, root } = opened;
  const stated = statedRelations(state, invocation);
  const made = [
    ...project.seeds,
    ...project.models.filter(({ materialization }) => materialization.kind !== "ephemeral"),
    ...project.broken.filter(({ kind, materialized }) => kind !== "test" && materialized !== "ephemeral"),
  ].filter(({ uniqueId }) => !selected.has(uniqueId) && stated.has(uniqueId));
  if (made.length === 0) return {};
  const isThere = favorsState ? new Set<string>() : await standing({ root, invocation }, opened, made);
  return Object.fromEntries(
    made.flatMap(({ uniqueId, relation }) => {
      const other = stated.get(uniqueId);
      return other === undefined || isThere.has(relationKey(relation)) ? [] : [[uniqueId, other]];
    }),
  );
}

async function standing(
  reach: Parameters<typeof connectWarehouse>[0],
  { project }: OpenProject,
  resources: readonly { readonly relation: Relation }[],
): Promise<ReadonlySet<string>> {
  const warehouse = await connectWarehouse(reach, project.settings, "read");
  try {
    const found = await warehouse.inspect(resources.map(({ relation }) => relation));
    return new Set(found.map(({ relation }) => relationKey(relation)));
  } finally {
    warehouse.close();
  }
}
