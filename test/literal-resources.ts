import type { CompiledProject } from "../src/domain/compiled-project.ts";
import type { CompiledModel, CompiledQuery, CompiledTest, Resource, Seed, Source } from "../src/domain/model.ts";
import { noHooks } from "../src/domain/hooks.ts";
import { type Incremental, type IncrementalStrategy, plainMerge } from "../src/domain/incremental.ts";
import type { Relation } from "../src/domain/relation.ts";
import { trustedSql } from "../src/domain/sql.ts";

/** A relation of the tests' database, in its schema `main`. */
export function relationOf(identifier: string): Relation {
  return { database: "memory", schema: "main", identifier };
}

/** A query that is its own statement and calls no functions. */
export function queryOf(text: string): CompiledQuery {
  return { text: trustedSql(text), statement: trustedSql(text), uses: [] };
}

const packageName = "shop";

function resourceOf(type: string, name: string, path: string): Resource {
  return {
    uniqueId: `${type}.${packageName}.${name}`,
    name,
    packageName,
    fqn: [packageName, name],
    path,
    patchPath: undefined,
    description: "",
    tags: [],
    config: {},
  };
}

/** An incremental materialization; what is not given is dbt's default. */
export function incrementalOf(
  given: Partial<Omit<Incremental, "strategy">> & {
    readonly strategy?: IncrementalStrategy | "append" | "delete+insert" | "merge";
  } = {},
): Incremental {
  const { strategy = "merge", ...rest } = given;
  return {
    kind: "incremental",
    uniqueKey: [],
    keyExpression: undefined,
    predicates: [],
    onSchemaChange: "ignore",
    fullRefresh: undefined,
    ...rest,
    strategy:
      typeof strategy !== "string"
        ? strategy
        : strategy === "merge"
          ? { kind: strategy, clauses: plainMerge }
          : { kind: strategy },
  };
}

/** A model by name, `model.shop.<name>`; a view of one row unless told otherwise. */
export function modelOf(name: string, given: Partial<CompiledModel> = {}): CompiledModel {
  const path = `models/${name}.sql`;
  return {
    ...resourceOf("model", name, path),
    resourceType: "model",
    file: { path, text: "" },
    dialect: "duckdb",
    relation: relationOf(name),
    version: undefined,
    access: "protected",
    materialization: { kind: "view" },
    properties: [],
    columns: undefined,
    lineage: undefined,
    full: queryOf("select 1 as x"),
    incremental: undefined,
    around: { full: { hooks: noHooks, header: undefined }, incremental: { hooks: noHooks, header: undefined } },
    contract: undefined,
    comments: { relation: undefined, columns: [] },
    dependsOn: [],
    refs: [],
    sources: [],
    macros: [],
    ...given,
  };
}

/** A seed by name, with one column of whole numbers. */
export function seedOf(name: string, given: Partial<Seed> = {}): Seed {
  const path = `seeds/${name}.csv`;
  return {
    ...resourceOf("seed", name, path),
    resourceType: "seed",
    file: { path, text: "id\n1\n2\n" },
    relation: relationOf(name),
    properties: [],
    dialect: "bigquery",
    delimiter: ",",
    columns: [{ name: "id", type: "INT64" }],
    typed: [],
    namesAre: "quoted",
    rows: [["1"], ["2"]],
    hooks: noHooks,
    comments: { relation: undefined, columns: [] },
    lines: [2, 3],
    ...given,
  };
}

/** A source table, `source.shop.raw.<name>`. */
export function sourceOf(name: string, given: Partial<Source> = {}): Source {
  const file = { path: "sources.yml", text: "" };
  return {
    ...resourceOf("source", `raw.${name}`, file.path),
    resourceType: "source",
    name,
    fqn: [packageName, "raw", name],
    relation: relationOf(name),
    sourceName: "raw",
    sourceDescription: "",
    columns: [],
    ingest: undefined,
    freshness: undefined,
    span: { file, start: 0, end: 0 },
    ...given,
  };
}

/** A generic test of these resources that finds nothing. */
export function testOf(name: string, dependsOn: readonly string[], given: Partial<CompiledTest> = {}): CompiledTest {
  const file = { path: "models/properties.yml", text: `${name}:\n` };
  return {
    ...resourceOf("test", name, file.path),
    resourceType: "test",
    generic: {
      test: "unique",
      namespace: undefined,
      arguments: {},
      columnName: undefined,
      attachedTo: dependsOn[0] ?? "",
    },
    alias: name,
    relation: { ...relationOf(name), schema: "main_dbt_test__audit" },
    severity: "error",
    rows: trustedSql("select 1"),
    stored: undefined,
    macros: [],
    query: queryOf("select 0 as failures, false as should_warn, false as should_error"),
    dependsOn,
    refs: [],
    sources: [],
    span: { file, start: 0, end: name.length },
    ...given,
  };
}

/** A project of these resources. */
export function projectOf(
  resources: Partial<Pick<CompiledProject, "sources" | "seeds" | "models" | "tests">>,
): CompiledProject {
  return {
    settings: {
      name: packageName,
      profileName: "shop",
      version: undefined,
      dialect: "duckdb",
      modelPaths: ["models"],
      macroPaths: ["macros"],
      seedPaths: ["seeds"],
      testPaths: ["tests"],
      snapshotPaths: ["snapshots"],
      analysisPaths: ["analyses"],
      packagesPath: "dbt_packages",
      targetPath: "target",
      cleanTargets: ["target"],
      vars: {},
      target: {
        type: "duckdb",
        name: "dev",
        path: ":memory:",
        database: "memory",
        schema: "main",
        threads: 1,
        setup: { configOptions: {}, extensions: [], attachments: [], settings: {} },
      },
      ledgerSchema: "_tsdbt",
    },
    sources: [],
    seeds: [],
    models: [],
    tests: [],
    unitTests: [],
    freshness: [],
    broken: [],
    analyses: [],
    exposures: [],
    groups: [],
    docs: [],
    selectors: [],
    macros: [],
    runHooks: [],
    commentOf: () => undefined,
    disabled: [],
    ...resources,
  };
}
