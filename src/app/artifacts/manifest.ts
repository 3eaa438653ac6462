import { createHash } from "node:crypto";
import { type CompiledProject, dependenciesOf, resourcesOf } from "../../domain/compiled-project.ts";
import type { DataMap } from "../../domain/data.ts";
import type { Invocation } from "../invocation.ts";
import type { OpenProject } from "../open-project.ts";
import { artifactMetadata, artifactTime } from "./artifact-metadata.ts";
import { docNode, groupNode, macroNode, resourceNode } from "./manifest-nodes.ts";
import { nodeContext } from "./node-context.ts";

function byId(nodes: readonly DataMap[]): DataMap {
  return Object.fromEntries(
    nodes.map((node) => [typeof node["unique_id"] === "string" ? node["unique_id"] : "", node]),
  );
}

function groupMap({ groups, models }: CompiledProject): DataMap {
  return Object.fromEntries(
    groups.map(({ name }) => [
      name,
      models.filter(({ config }) => config["group"] === name).map(({ uniqueId }) => uniqueId),
    ]),
  );
}

/** `manifest.json` (v12): all resources of a project and what reads what, for dbt's tools. */
export function manifest({ project }: Pick<OpenProject, "project">, invocation: Invocation): DataMap {
  const { settings } = project;
  const context = nodeContext(settings, invocation);
  const resources = resourcesOf(project);
  const known = new Set(resources.map(({ uniqueId }) => uniqueId));
  const parents = new Map(resources.map((each) => [each.uniqueId, dependenciesOf(each).filter((id) => known.has(id))]));
  const children = new Map<string, string[]>(resources.map(({ uniqueId }) => [uniqueId, []]));
  for (const [id, above] of parents) for (const parent of above) children.get(parent)?.push(id);
  return {
    metadata: {
      ...artifactMetadata("manifest/v12", invocation),
      project_name: settings.name,
      project_id: createHash("md5").update(settings.name).digest("hex"),
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: settings.target.type,
      quoting: { database: true, schema: true, identifier: true, column: null },
      run_started_at: artifactTime(Math.floor(invocation.now / 1000)),
    },
    nodes: byId(
      [...project.models, ...project.seeds, ...project.tests, ...project.analyses, ...project.broken].map((resource) =>
        resourceNode(resource, context),
      ),
    ),
    sources: byId(project.sources.map((source) => resourceNode(source, context))),
    macros: byId(project.macros.map((macro) => macroNode(macro, context))),
    docs: byId(project.docs.map(docNode)),
    exposures: byId(project.exposures.map((exposure) => resourceNode(exposure, context))),
    metrics: {},
    groups: byId(project.groups.map(groupNode)),
    selectors: Object.fromEntries(project.selectors.map(({ name, definition }) => [name, { name, definition }])),
    disabled: {},
    parent_map: Object.fromEntries(parents),
    child_map: Object.fromEntries(children),
    group_map: groupMap(project),
    saved_queries: {},
    semantic_models: {},
    unit_tests: byId(project.unitTests.map((test) => resourceNode(test, context))),
  };
}
