import type { CompiledResource, MacroResource } from "../../domain/compiled-project.ts";
import type { DataMap } from "../../domain/data.ts";
import type { Source } from "../../domain/model.ts";
import { brokenNode, modelNode, seedNode, testNode } from "./executable-nodes.ts";
import { columnsOf, metaOf, type NodeContext, sqlName } from "./node-context.ts";

function sourceNode(source: Source, { createdAt }: NodeContext): DataMap {
  const { relation, config } = source;
  return {
    database: relation.database,
    schema: relation.schema,
    name: source.name,
    resource_type: "source",
    package_name: source.packageName,
    path: source.path,
    original_file_path: source.path,
    unique_id: source.uniqueId,
    fqn: source.fqn,
    source_name: source.sourceName,
    source_description: source.sourceDescription,
    loader: typeof config["loader"] === "string" ? config["loader"] : "",
    identifier: relation.identifier,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    external: null,
    description: source.description,
    columns: columnsOf(source.columns, new Map()),
    meta: metaOf(config),
    source_meta: {},
    tags: source.tags,
    config: { enabled: true, ...config },
    patch_path: null,
    unrendered_config: {},
    relation_name: sqlName(relation),
    created_at: createdAt,
  };
}

/** A resource as the manifest has it. */
export function resourceNode(resource: CompiledResource, context: NodeContext): DataMap {
  switch (resource.resourceType) {
    case "model":
      return modelNode(resource, context);
    case "seed":
      return seedNode(resource, context);
    case "test":
      return testNode(resource, context);
    case "source":
      return sourceNode(resource, context);
    case "broken":
      return brokenNode(resource, context);
  }
}

/** A macro as the manifest has it. */
export function macroNode(macro: MacroResource, { createdAt }: NodeContext): DataMap {
  return {
    name: macro.name,
    resource_type: "macro",
    package_name: macro.packageName,
    path: macro.path,
    original_file_path: macro.path,
    unique_id: macro.uniqueId,
    macro_sql: macro.text,
    depends_on: { macros: [] },
    description: "",
    meta: {},
    docs: { show: true, node_color: null },
    patch_path: null,
    arguments: [],
    created_at: createdAt,
    supported_languages: null,
  };
}
