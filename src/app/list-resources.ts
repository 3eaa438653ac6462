import { dependenciesOf, type CompiledResource } from "../domain/compiled-project.ts";
import type { DataMap } from "../domain/data.ts";
import type { Invocation } from "./invocation.ts";
import { openSoundProject } from "./open-project.ts";
import { type SelectOptions, selectProject } from "./select-project.ts";

/** What is shown of each resource. */
export type ListOutput = "selector" | "name" | "path" | "json";

function selectorOf(resource: CompiledResource): string {
  if (resource.resourceType !== "source") return resource.fqn.join(".");
  return `source:${resource.packageName}.${resource.sourceName}.${resource.name}`;
}

function aliasOf(resource: CompiledResource): string {
  return resource.resourceType === "test" ? resource.alias : resource.relation.identifier;
}

/** The keys that `ls --output json` shows unless told otherwise, in dbt's words (DBT_CONVENTIONS §4). */
function facts(resource: CompiledResource): DataMap {
  return {
    name: resource.name,
    resource_type: resource.resourceType,
    package_name: resource.packageName,
    original_file_path: resource.path,
    unique_id: resource.uniqueId,
    alias: aliasOf(resource),
    source_name: resource.resourceType === "source" ? resource.sourceName : null,
    tags: resource.tags,
    config: resource.config,
    depends_on: { nodes: dependenciesOf(resource) },
    fqn: resource.fqn,
    description: resource.description,
  };
}

const shownKeys: readonly string[] = [
  "alias",
  "name",
  "package_name",
  "depends_on",
  "tags",
  "config",
  "resource_type",
  "source_name",
  "original_file_path",
  "unique_id",
];

function describeResource(resource: CompiledResource, output: ListOutput, keys: readonly string[]): string {
  switch (output) {
    case "selector":
      return selectorOf(resource);
    case "name":
      return resource.name;
    case "path":
      return resource.path;
    case "json": {
      const all = facts(resource);
      const wanted = keys.length === 0 ? shownKeys : keys;
      return JSON.stringify(
        Object.fromEntries(
          wanted.filter((key) => all[key] !== null && all[key] !== undefined).map((key) => [key, all[key]]),
        ),
      );
    }
  }
}

/** One line for each selected resource, in the order of their unique ids; `undefined`, if the project or the selection is at fault. */
export async function listResources(
  invocation: Invocation,
  options: SelectOptions & { readonly output: ListOutput; readonly keys: readonly string[] },
): Promise<readonly string[] | undefined> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return undefined;
  const selected = selectProject(opened.project, options, invocation.emit);
  if (!selected.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: selected.diagnostics });
    return undefined;
  }
  return [...selected.value]
    .sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1))
    .map((resource) => describeResource(resource, options.output, options.keys));
}
