import type { Data, DataMap } from "../domain/data.ts";
import { isDataMap } from "../domain/data.ts";
import type { Group } from "../domain/exposure.ts";
import type { ColumnProperties, Source } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { ConfigValues } from "../domain/settings.ts";
import type { DeclaredExposure } from "./exposure/declare-exposure.ts";
import type { LinkedTest } from "./generic-test/link-test.ts";
import type { LinkedModel } from "./link-models.ts";
import type { LinkedProject } from "./link-project.ts";
import type { ParsedProject } from "./parse-project.ts";
import type { DeclaredSeed } from "./project/declare-seed.ts";
import { describeColumns } from "./project/describe-columns.ts";
import type { ResourceProperties } from "./project/resource-properties.ts";
import { configTexts } from "./project/resolve-config.ts";
import type { LinkedSingularTest } from "./singular-test/compile-singular-test.ts";
import { quotedName } from "./template/context/relation-value.ts";
import type { Recording } from "./template/context/recording.ts";

/** A project whose references lead somewhere, before anything of it is compiled. */
export interface GraphedProject extends Pick<ParsedProject, "settings" | "seeds" | "sources" | "exposures" | "groups"> {
  readonly linked: LinkedProject;
  readonly generic: readonly LinkedTest[];
  readonly singular: readonly LinkedSingularTest[];
}

function columnsOf(columns: readonly ColumnProperties[]): DataMap {
  return Object.fromEntries(
    columns.map(({ name, description, dataType, tags, meta }) => [
      name,
      { name, description, data_type: dataType ?? null, tags, meta, constraints: [], quote: null },
    ]),
  );
}

/** What resources of all types have. */
function headOf({ uniqueId, name, packageName, path, fqn }: ResourceProperties, config: ConfigValues): DataMap {
  const [resourceType = ""] = uniqueId.split(".");
  const meta: Data | undefined = config["meta"];
  return {
    unique_id: uniqueId,
    name,
    package_name: packageName,
    resource_type: resourceType,
    path,
    original_file_path: path,
    fqn,
    tags: configTexts(config["tags"]) ?? [],
    meta: isDataMap(meta) ? meta : {},
    group: config["group"] ?? null,
  };
}

function placeOf(relation: Relation, { settings }: Pick<GraphedProject, "settings">): DataMap {
  const { database, schema, identifier } = relation;
  return { database, schema, alias: identifier, relation_name: quotedName(relation, settings.dialect) };
}

function readsOf(recordings: readonly Recording[]): DataMap {
  const refs = recordings.flatMap((each) => each.refs);
  const sources = recordings.flatMap((each) => each.sources);
  return {
    refs: refs.map(({ name, packageName, version }) => ({
      name,
      package: packageName ?? null,
      version: version ?? null,
    })),
    sources: sources.map(({ source, table }) => [source, table]),
  };
}

function macrosOf(recordings: readonly Recording[]): readonly string[] {
  return [...new Set(recordings.flatMap(({ macros }) => [...macros]))].sort();
}

function modelNode(model: LinkedModel, project: GraphedProject): DataMap {
  const { config, relation, materialization, described, template, recordings, dependencies, version } = model;
  const { kind } = materialization;
  return {
    ...headOf(model, config.values),
    ...placeOf(relation, project),
    ...(kind === "ephemeral" ? { relation_name: null } : {}),
    ...readsOf(recordings),
    config: {
      enabled: true,
      alias: null,
      schema: null,
      database: null,
      tags: [],
      meta: {},
      ...config.values,
      materialized: kind,
    },
    description: described?.description ?? "",
    columns: columnsOf(describeColumns(described?.columns)),
    depends_on: { macros: macrosOf(recordings), nodes: dependencies.map(({ uniqueId }) => uniqueId) },
    raw_code: template.file.text,
    language: "sql",
    access: config.values["access"] ?? "protected",
    version: version?.value ?? null,
    latest_version: version?.latest ?? null,
    patch_path: model.patchPath ?? null,
  };
}

function seedNode(seed: DeclaredSeed, project: GraphedProject): DataMap {
  const { config, relation, described } = seed;
  return {
    ...headOf(seed, config),
    ...placeOf(relation, project),
    config: { enabled: true, tags: [], meta: {}, ...config, materialized: "seed" },
    description: described?.description ?? "",
    columns: columnsOf(describeColumns(described?.columns)),
    depends_on: { macros: [], nodes: [] },
    raw_code: "",
  };
}

function testConfig({ config }: Pick<LinkedTest, "config">): DataMap {
  const { severity, tags, resolved } = config;
  return { enabled: true, ...resolved.values, materialized: "test", severity: severity.toUpperCase(), tags };
}

function testNode(test: LinkedTest): DataMap {
  const { resource, config, declaration, attached } = test;
  return {
    ...headOf(resource, config.resolved.values),
    tags: config.tags,
    config: testConfig(test),
    description: declaration.description,
    column_name: declaration.column?.name.value ?? null,
    attached_node: attached.uniqueId,
    test_metadata: { name: declaration.test, namespace: null },
    depends_on: { macros: [], nodes: [attached.uniqueId] },
  };
}

function singularNode(test: LinkedSingularTest): DataMap {
  const { config, described, dependencies, recording, template } = test;
  return {
    ...headOf(test, config.resolved.values),
    ...readsOf([recording]),
    tags: config.tags,
    config: testConfig(test),
    description: described?.description ?? "",
    depends_on: { macros: macrosOf([recording]), nodes: dependencies.map(({ uniqueId }) => uniqueId) },
    raw_code: template.file.text,
  };
}

function sourceNode(source: Source, project: GraphedProject): DataMap {
  const { config, relation, sourceName, sourceDescription, description, columns, tags } = source;
  return {
    ...headOf(source, config),
    ...placeOf(relation, project),
    source_name: sourceName,
    source_description: sourceDescription,
    identifier: relation.identifier,
    loader: config["loader"] ?? "",
    loaded_at_field: config["loaded_at_field"] ?? null,
    tags,
    description,
    columns: columnsOf(columns),
    config: { enabled: true, ...config },
  };
}

function exposureNode(exposure: DeclaredExposure, { linked: { names } }: GraphedProject): DataMap {
  const { declaration, resource, recordings, config } = exposure;
  const { label, type, maturity, url, description, owner } = declaration;
  const targets = recordings.flatMap(({ refs, sources }) => [
    ...sources.map((reference) => names.source(reference)),
    ...refs.map((reference) => names.model(reference)),
  ]);
  return {
    ...headOf(resource, config.values),
    ...readsOf(recordings),
    ...{ type, description, owner, label: label ?? null, maturity: maturity ?? null, url: url ?? null },
    config: { enabled: true, ...config.values },
    depends_on: { macros: [], nodes: targets.flatMap((target) => (target.ok ? [target.value.uniqueId] : [])) },
  };
}

function groupNode({ uniqueId, name, packageName, path, description, owner }: Group): DataMap {
  return { unique_id: uniqueId, name, package_name: packageName, resource_type: "group", path, description, owner };
}

function byId(nodes: readonly DataMap[]): DataMap {
  return Object.fromEntries(
    nodes.map((node) => [typeof node["unique_id"] === "string" ? node["unique_id"] : "", node]),
  );
}

/** `graph` as templates see it: the resources of a project that are switched on, by their unique ids; made when it is first asked for. */
export function templateGraph(project: GraphedProject): () => DataMap {
  let graph: DataMap | undefined;
  return () => {
    const { linked, seeds, sources, exposures, groups, generic, singular } = project;
    graph ??= {
      nodes: byId([
        ...linked.models.map((model) => modelNode(model, project)),
        ...seeds.filter(({ isEnabled }) => isEnabled).map((seed) => seedNode(seed, project)),
        ...generic.filter(({ isEnabled }) => isEnabled).map(testNode),
        ...singular.map(singularNode),
      ]),
      sources: byId(sources.filter(({ isEnabled }) => isEnabled).map(({ source }) => sourceNode(source, project))),
      exposures: byId(
        exposures.filter(({ isEnabled }) => isEnabled).map((exposure) => exposureNode(exposure, project)),
      ),
      groups: byId(groups.map(groupNode)),
      metrics: {},
      semantic_models: {},
      saved_queries: {},
    };
    return graph;
  };
}
