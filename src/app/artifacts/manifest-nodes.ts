import { createHash } from "node:crypto";
import type { MacroResource } from "../../domain/compiled-project.ts";
import type { Data, DataMap } from "../../domain/data.ts";
import type { ColumnProperties, CompiledModel, CompiledTest, Resource, Seed, Source } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Settings } from "../../domain/settings.ts";
import { quotedName } from "../../compiler/template/context/relation-value.ts";

/** What the nodes of a manifest are made with. */
export interface NodeContext {
  readonly settings: Settings;
  /** Epoch seconds at which the files were read. */
  readonly createdAt: number;
  /** Where the compiled text of a resource lies, relative to the project. */
  readonly compiledPath: (resource: Pick<Resource, "packageName" | "path"> & { readonly alias?: string }) => string;
}

/** A relation as the warehouse's SQL names it. */
export function relationName(relation: Relation): string {
  return quotedName(relation, "duckdb");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function text(value: Data | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** Columns of the declared ones first, each with the type that is declared or known from compiling. */
function columnsOf(declared: readonly ColumnProperties[], types: ReadonlyMap<string, string>): DataMap {
  return Object.fromEntries(
    declared.map(({ name, description, dataType, tags, meta }) => [
      name,
      {
        name,
        description,
        meta,
        data_type: dataType ?? types.get(name.toLowerCase()) ?? null,
        constraints: [],
        quote: null,
        config: { meta, tags },
        tags,
        granularity: null,
        doc_blocks: [],
      },
    ]),
  );
}

/** What models, seeds and tests have in common. */
function nodeOf(resource: Resource, folder: string, { createdAt }: NodeContext): DataMap {
  const { uniqueId, name, packageName, fqn, path, patchPath, description, tags, config } = resource;
  return {
    name,
    package_name: packageName,
    path: folder === "" ? path : path.slice(path.indexOf("/") + 1),
    original_file_path: path,
    unique_id: uniqueId,
    fqn,
    description,
    tags,
    meta: typeof config["meta"] === "object" && config["meta"] !== null ? config["meta"] : {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: patchPath === undefined ? null : `${packageName}://${patchPath}`,
    build_path: null,
    unrendered_config: {},
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
    ...nodeOf(model, "models", context),
    ...placeOf(model.relation),
    resource_type: "model",
    checksum: { name: "sha256", checksum: sha256(model.file.text.trim()) },
    config: commonConfig(model.config, kind),
    columns: columnsOf(model.properties, types),
    relation_name: kind === "ephemeral" ? null : relationName(model.relation),
    raw_code: model.file.text,
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
    compiled_path: context.compiledPath(model),
    compiled: true,
    compiled_code: model.full.text.text,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    access: "protected",
    constraints: [],
    version: null,
    latest_version: null,
    deprecation_date: null,
    primary_key: model.materialization.kind === "incremental" ? model.materialization.uniqueKey : [],
    time_spine: null,
  };
}

/** A seed as the manifest has it. */
export function seedNode(seed: Seed, context: NodeContext): DataMap {
  const types = new Map(seed.columns.map(({ name, type }) => [name.toLowerCase(), type]));
  return {
    ...nodeOf(seed, "seeds", context),
    ...placeOf(seed.relation),
    resource_type: "seed",
    checksum: { name: "sha256", checksum: sha256(seed.file.text.trim()) },
    config: { ...commonConfig(seed.config, "seed"), delimiter: ",", quote_columns: null },
    columns: columnsOf(seed.properties, types),
    relation_name: relationName(seed.relation),
    raw_code: "",
    root_path: null,
    depends_on: { macros: [] },
  };
}

/** A generic test as the manifest has it. */
export function testNode(test: CompiledTest, context: NodeContext): DataMap {
  const { target } = context.settings;
  const file = `${test.alias}.sql`;
  const attachedName =
    test.attachedTo.startsWith("model.") || test.attachedTo.startsWith("seed.") ? "models" : "sources";
  return {
    ...nodeOf(test, "", context),
    database: target.database,
    schema: `${target.schema}_dbt_test__audit`,
    alias: test.alias,
    path: file,
    resource_type: "test",
    checksum: { name: "none", checksum: "" },
    config: {
      enabled: true,
      alias: null,
      schema: "dbt_test__audit",
      database: null,
      tags: [],
      meta: {},
      group: null,
      materialized: "test",
      store_failures: null,
      store_failures_as: null,
      where: null,
      limit: null,
      fail_calc: "count(*)",
      warn_if: "!= 0",
      error_if: "!= 0",
      ...test.config,
      severity: test.severity === "error" ? "ERROR" : "WARN",
    },
    columns: {},
    relation_name: null,
    raw_code: `{{ test_${test.test}(**_dbt_generic_test_kwargs) }}`,
    language: "sql",
    refs: test.refs.map((parts) => ({ name: parts.at(-1) ?? "", package: null, version: null })),
    sources: test.sources,
    metrics: [],
    functions: [],
    depends_on: { macros: [`macro.dbt.test_${test.test}`], nodes: test.dependsOn },
    compiled_path: context.compiledPath(test),
    compiled: true,
    compiled_code: test.query.text.text,
    extra_ctes_injected: true,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    column_name: test.columnName ?? null,
    file_key_name: `${attachedName}.${test.attachedTo.split(".").slice(2).join(".")}`,
    attached_node: attachedName === "models" ? test.attachedTo : null,
    test_metadata: { name: test.test, kwargs: test.arguments, namespace: test.namespace ?? null },
  };
}

/** A source table as the manifest has it. */
export function sourceNode(source: Source, { createdAt }: NodeContext): DataMap {
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
    loader: text(config["loader"]) ?? "",
    identifier: relation.identifier,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: null,
    loaded_at_query: null,
    freshness: null,
    external: null,
    description: source.description,
    columns: columnsOf(source.columns, new Map()),
    meta: {},
    source_meta: {},
    tags: source.tags,
    config: { enabled: true, ...config },
    patch_path: null,
    unrendered_config: {},
    relation_name: relationName(relation),
    created_at: createdAt,
  };
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
