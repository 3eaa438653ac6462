import type { CompiledResource } from "../domain/compiled-project.ts";
import { type Data, type DataMap, isDataMap } from "../domain/data.ts";
import type { Settings } from "../domain/settings.ts";
import { resourceNode } from "./artifacts/manifest-nodes.ts";
import { nodeContext } from "./artifacts/node-context.ts";
import type { Invocation } from "./invocation.ts";
import { openSelected, type SelectOptions } from "./select-project.ts";

/** What is shown of each resource. */
export type ListOutput = "selector" | "name" | "path" | "json";

/** The form of the list; `keys` are those that `json` shows, dbt's own choice if there are none. */
export interface ListForm {
  readonly output: ListOutput;
  readonly keys: readonly string[];
}

function selectorOf(resource: CompiledResource): string {
  if (resource.resourceType === "exposure") return `exposure:${resource.packageName}.${resource.name}`;
  if (resource.resourceType !== "source") return resource.fqn.join(".");
  return `source:${resource.packageName}.${resource.sourceName}.${resource.name}`;
}

/** What `ls --output json` can show of a resource: what the manifest has, and the parents of a model (DBT_CONVENTIONS §4). */
function facts(resource: CompiledResource, settings: Settings, invocation: Invocation): DataMap {
  const node = resourceNode(resource, nodeContext(settings, invocation));
  return resource.resourceType === "model" ? { ...node, direct_parents: resource.dependsOn } : node;
}

const shownKeys: readonly string[] = [
  "alias",
  "name",
  "package_name",
  "depends_on",
  "direct_parents",
  "tags",
  "config",
  "resource_type",
  "source_name",
  "original_file_path",
  "unique_id",
];

/** A fact by its key, or one inside it by a dotted one: `config.materialized`. */
function factAt(all: DataMap, key: string): Data | undefined {
  if (!key.includes(".")) return all[key];
  let found: Data | undefined = all;
  for (const part of key.split(".")) found = isDataMap(found) ? found[part] : undefined;
  return found ?? undefined;
}

function describeResource(
  resource: CompiledResource,
  { output, keys, factsOf }: ListForm & { readonly factsOf: (resource: CompiledResource) => DataMap },
): string {
  switch (output) {
    case "selector":
      return selectorOf(resource);
    case "name":
      return resource.name;
    case "path":
      return resource.path;
    case "json": {
      const all = factsOf(resource);
      const wanted = keys.length === 0 ? shownKeys : keys;
      return JSON.stringify(Object.fromEntries(wanted.map((key) => [key, factAt(all, key)])));
    }
  }
}

/** One line for each selected resource, in the order of their unique ids; `undefined`, if the project or the selection is at fault. */
export async function listResources(
  invocation: Invocation,
  options: SelectOptions & ListForm,
): Promise<readonly string[] | undefined> {
  const project = await openSelected(invocation, options);
  if (project === undefined) return undefined;
  const { settings } = project.opened.project;
  const factsOf = (resource: CompiledResource): DataMap => facts(resource, settings, invocation);
  return [...project.selected]
    .sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1))
    .map((resource) => describeResource(resource, { ...options, factsOf }));
}
