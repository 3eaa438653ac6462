import { createHash } from "node:crypto";
import { basename } from "node:path/posix";
import type { BrokenResource } from "../../domain/compiled-project.ts";
import type { Data, DataMap } from "../../domain/data.ts";
import type { AppliedTest, CompiledModel, CompiledTest, Resource, Seed } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Analysis } from "../../domain/exposure.ts";
import { modelPlace, testPlace } from "./artifact-path.ts";
import { columnsOf, metaOf, type NodeContext, sqlName } from "./node-context.ts";

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What models, seeds and tests have in common. */
function nodeOf(resource: Resource, { createdAt }: NodeContext): DataMap {
  const { uniqueId, name, packageName, fqn, path, patchPath, description, tags, config } = resource;
  return {
    name,
    package_name: packageName,
    path: [...fqn.slice(1, -1), basename(path)].join("/"),
    original_file_path: path,
    unique_id: uniqueId,
    fqn,
    description,
    tags,
    meta: metaOf(config),
    group: typeof config["group"] === "string" ? config["group"] : null,
    docs: { show: true, node_color: null },
    patch_path: patchPath === undefined ? null : `${packageName}://${patchPath}`,
    build_path: null,
    // Values are rendered as the project is read: dbt compares what is set, and knows of the rest that it is not.
    unrendered_config: config,
    created_at: createdAt,
  };
}

function commonConfig(config: DataMap, materialized: string): DataMap {
  return {
    enabled: true,
    alias: null,
    schema: null,
    database: null,
    tags: [],
    meta: {},
    group: null,
    materialized,
    persist_docs: {},
    "post-hook": [],
    "pre-hook": [],
    quoting: {},
    column_types: {},
    full_refresh: null,
    unique_key: null,
    on_schema_change: "ignore",
    grants: {},
    packages: [],
    docs: { show: true, node_color: null },
    contract: { enforced: false, alias_types: true },
    ...config,
  };
}

function placeOf({ database, schema, identifier }: Relation): DataMap {
  return { database, schema, alias: identifier };
}

/** A model as the manifest has it. */
export function modelNode(model: CompiledModel, context: NodeContext): DataMap {
  const { kind } = model.materialization;
  const types = new Map((model.columns ?? []).map(({ name, type }) => [name.toLowerCase(), type]));
  return {
    ...nodeOf(model, context),
    ...placeOf(model.relation),
    resource_type: model.resourceType,
    checksum: { name: "sha256", checksum: sha256(model.file.text.trim()) },
    config: commonConfig(model.config, kind),
    columns: columnsOf(model.properties, types),
    relation_name: kind === "ephemeral" ? null : sqlName(model.relation),
    raw_code: model.file.text.trim(),
    language: "sql",
    refs: model.refs.map((parts) => ({
      name: parts.at(-1) ?? "",
      package: parts.length > 1 ? (parts[0] ?? null) : null,
      version: null,
    })),
    sources: model.sources,
    metrics: [],
    functions: [],
    depends_on: { macros: model.macros, nodes: model.dependsOn },
    compiled_path: context.compiledPath(modelPlace(model)),
    compiled: true,
    compiled_code: model.full.text.text,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    access: model.access,
    constraints: [],
    version: model.version?.value ?? null,
    latest_version: model.version?.latest ?? null,
    deprecation_date: null,
    primary_key: model.materialization.kind === "incremental" ? model.materialization.uniqueKey : [],
    time_spine: null,
  };
}

/** A seed as the manifest has it. */
export function seedNode(seed: Seed, context: NodeContext): DataMap {
  const types = new Map(seed.columns.map(({ name, type }) => [name.toLowerCase(), type]));
  return {
    ...nodeOf(seed, context),
    ...placeOf(seed.relation),
    resource_type: "seed",
    checksum: { name: "sha256", checksum: sha256(seed.file.text.trim()) },
    config: { ...commonConfig(seed.config, "seed"), delimiter: ",", quote_columns: null },
    columns: columnsOf(seed.properties, types),
    relation_name: sqlName(seed.relation),
    raw_code: "",
    root_path: null,
    depends_on: { macros: [] },
  };
}

/** A config value as dbt writes it into the call that stands for a generic test. */
function configText(value: Data): string {
  if (typeof value === "string") return `"${value.replaceAll('"', '\\"')}"`;
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : JSON.stringify(value);
}

/** The config that a generic test is given, with the short name where its own is too long. */
function givenConfig({ config, alias, name }: CompiledTest): DataMap {
  return alias === name ? config : { ...config, alias };
}

/** What only generic tests have. */
function genericFacts(
  { test, namespace, arguments: kwargs, columnName, attachedTo }: AppliedTest,
  given: DataMap,
): DataMap {
  const configs = Object.entries(given).map(([key, value]) => `${key}=${configText(value)}`);
  const configured = configs.length === 0 ? "" : `{{ config(${configs.join(",")}) }}`;
  const [attachedType = "", , ...attachedName] = attachedTo.split(".");
  return {
    raw_code: `{{ test_${test}(**_dbt_generic_test_kwargs) }}${configured}`,
    column_name: columnName ?? null,
    file_key_name: `${attachedType}s.${attachedType === "source" ? (attachedName[0] ?? "") : attachedName.join(".")}`,
    attached_node: attachedType === "source" ? null : attachedTo,
    test_metadata: { name: test, kwargs, namespace: namespace ?? null },
  };
}

/** A test as the manifest has it. */
export function testNode(test: CompiledTest, context: NodeContext): DataMap {
  const { generic, relation, span, stored } = test;
  const file = span.file.text;
  const given = givenConfig(test);
  const own = generic === undefined ? undefined : `${test.alias}.sql`;
  return {
    ...nodeOf(test, context),
    database: relation.database,
    schema: relation.schema,
    alias: test.alias,
    ...(own === undefined ? {} : { path: own }),
    resource_type: "test",
    checksum:
      generic === undefined ? { name: "sha256", checksum: sha256(file.trim()) } : { name: "none", checksum: "" },
    config: {
      enabled: true,
      alias: null,
      schema: "dbt_test__audit",
      database: null,
      tags: [],
      meta: {},
      group: null,
      materialized: "test",
      store_failures: stored === undefined ? null : true,
      store_failures_as: stored?.as ?? null,
      where: null,
      limit: null,
      fail_calc: "count(*)",
      warn_if: "!= 0",
      error_if: "!= 0",
      ...(generic === undefined ? test.config : given),
      severity: test.severity === "error" ? "ERROR" : "WARN",
    },
    columns: {},
    relation_name: stored === undefined ? null : sqlName(relation),
    raw_code: file.trim(),
    language: "sql",
    refs: test.refs.map((parts) => ({ name: parts.at(-1) ?? "", package: null, version: null })),
    sources: test.sources,
    metrics: [],
    functions: [],
    depends_on: {
      macros: [...(generic === undefined ? [] : [`macro.dbt.test_${generic.test}`]), ...test.macros],
      nodes: test.dependsOn,
    },
    compiled_path: context.compiledPath(testPlace(test)),
    compiled: true,
    compiled_code: test.rows.text,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    ...(generic === undefined ? {} : { ...genericFacts(generic, given), unrendered_config: given }),
  };
}

/** A resource that could not be compiled, as far as the manifest can have it. */
export function brokenNode(resource: BrokenResource, context: NodeContext): DataMap {
  const { kind, relation, file, config, dependsOn, materialized } = resource;
  return {
    ...nodeOf(resource, context),
    ...placeOf(relation),
    resource_type: kind,
    checksum: { name: "sha256", checksum: sha256(file.text.trim()) },
    config: kind === "test" ? { ...config } : commonConfig(config, materialized ?? kind),
    columns: {},
    relation_name: kind === "test" || materialized === "ephemeral" ? null : sqlName(relation),
    raw_code: kind === "model" || kind === "snapshot" ? file.text.trim() : "",
    depends_on: kind === "seed" ? { macros: [] } : { macros: [], nodes: dependsOn },
  };
}

/** An analysis as the manifest has it. */
export function analysisNode(analysis: Analysis, context: NodeContext): DataMap {
  return {
    ...nodeOf(analysis, context),
    ...placeOf(analysis.relation),
    resource_type: "analysis",
    checksum: { name: "sha256", checksum: sha256(analysis.file.text.trim()) },
    config: commonConfig(analysis.config, "view"),
    columns: columnsOf(analysis.properties, new Map()),
    relation_name: null,
    raw_code: analysis.file.text.trim(),
    language: "sql",
    refs: analysis.refs.map((parts) => ({
      name: parts.at(-1) ?? "",
      package: parts.length > 1 ? (parts[0] ?? null) : null,
      version: null,
    })),
    sources: analysis.sources,
    metrics: [],
    functions: [],
    depends_on: { macros: analysis.macros, nodes: analysis.dependsOn },
    compiled_path: context.compiledPath(analysis),
    compiled: true,
    compiled_code: analysis.query.text.text,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
  };
}
