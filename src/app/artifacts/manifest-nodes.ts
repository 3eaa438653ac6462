import type { CompiledResource, MacroResource } from "../../domain/compiled-project.ts";
import { criteriaOf } from "./sources-artifact.ts";
import type { DataMap } from "../../domain/data.ts";
import type { Source } from "../../domain/model.ts";
import type { DocBlock, Exposure, Group } from "../../domain/exposure.ts";
import { analysisNode, brokenNode, modelNode, seedNode, testNode } from "./executable-nodes.ts";
import type { CompiledUnitTest } from "../../domain/unit-test.ts";
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
    loaded_at_field: config["loaded_at_field"] ?? null,
    loaded_at_query: config["loaded_at_query"] ?? null,
    freshness: source.freshness === undefined ? null : criteriaOf(source.freshness),
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

function unitTestNode(test: CompiledUnitTest, { createdAt }: NodeContext): DataMap {
  const { modelName, written, name, packageName, path, uniqueId, fqn, description, tags, config, dependsOn } = test;
  return {
    model: modelName,
    ...written,
    name,
    resource_type: "unit_test",
    package_name: packageName,
    path: path.slice(path.indexOf("/") + 1),
    original_file_path: path,
    unique_id: uniqueId,
    fqn,
    description,
    depends_on: { macros: [], nodes: dependsOn },
    config: { tags, meta: metaOf(config), enabled: true },
    checksum: null,
    schema: null,
    created_at: createdAt,
    versions: null,
    version: null,
  };
}

function exposureNode(exposure: Exposure, { createdAt }: NodeContext): DataMap {
  const { path, config } = exposure;
  return {
    name: exposure.name,
    resource_type: "exposure",
    package_name: exposure.packageName,
    path,
    original_file_path: path,
    unique_id: exposure.uniqueId,
    fqn: exposure.fqn,
    type: exposure.type,
    owner: exposure.owner,
    description: exposure.description,
    label: exposure.label ?? null,
    maturity: exposure.maturity ?? null,
    meta: metaOf(config),
    tags: exposure.tags,
    config: { enabled: true, ...config },
    unrendered_config: {},
    url: exposure.url ?? null,
    depends_on: { macros: [], nodes: exposure.dependsOn },
    refs: exposure.refs.map((parts) => ({
      name: parts.at(-1) ?? "",
      package: parts.length > 1 ? (parts[0] ?? null) : null,
      version: null,
    })),
    sources: exposure.sources,
    metrics: [],
    created_at: createdAt,
  };
}

/** A group as the manifest has it. */
export function groupNode({ uniqueId, name, packageName, path, description, owner }: Group): DataMap {
  return {
    ...{ name, description, owner, path },
    resource_type: "group",
    package_name: packageName,
    original_file_path: path,
    unique_id: uniqueId,
    config: { meta: {} },
  };
}

/** A docs block as the manifest has it. */
export function docNode({ uniqueId, name, packageName, path, text }: DocBlock): DataMap {
  return {
    ...{ name, path },
    resource_type: "doc",
    package_name: packageName,
    original_file_path: path,
    unique_id: uniqueId,
    block_contents: text,
  };
}

/** A resource as the manifest has it. */
export function resourceNode(resource: CompiledResource, context: NodeContext): DataMap {
  switch (resource.resourceType) {
    case "model":
    case "snapshot":
      return modelNode(resource, context);
    case "seed":
      return seedNode(resource, context);
    case "test":
      return testNode(resource, context);
    case "source":
      return sourceNode(resource, context);
    case "unit_test":
      return unitTestNode(resource, context);
    case "broken":
      return brokenNode(resource, context);
    case "analysis":
      return analysisNode(resource, context);
    case "exposure":
      return exposureNode(resource, context);
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
