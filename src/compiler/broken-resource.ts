import type { BrokenResource } from "../domain/compiled-project.ts";
import type { Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { failuresRelation } from "./data-test/failures-relation.ts";
import type { TestConfig } from "./data-test/test-config.ts";
import type { LinkedModel } from "./link-models.ts";
import type { DeclaredSeed } from "./project/declare-seed.ts";
import { configTexts } from "./project/resolve-config.ts";
import type { ResourceProperties } from "./project/resource-properties.ts";

/** Why a resource is broken. */
export type Fault = Pick<BrokenResource, "reasons" | "waitsFor">;

/** A model that could not be compiled. */
export function brokenModel(model: LinkedModel, { reasons, waitsFor }: Fault): BrokenResource {
  const { uniqueId, name, packageName, fqn, path, described, config, relation, template, materialization } = model;
  return {
    resourceType: "broken",
    kind: model.type,
    ...{ uniqueId, name, packageName, fqn, path, relation, reasons, waitsFor },
    patchPath: model.patchPath,
    description: described?.description ?? "",
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    file: template.file,
    materialized: materialization.kind,
    test: undefined,
    dependsOn: model.dependencies.map((dependency) => dependency.uniqueId),
  };
}

/** A seed whose file or config has a fault. */
export function brokenSeed({ uniqueId, name, packageName, fqn, path, ...seed }: DeclaredSeed): BrokenResource {
  const { relation, file, config, faults } = seed;
  return {
    resourceType: "broken",
    kind: "seed",
    ...{ uniqueId, name, packageName, fqn, path, relation, file },
    patchPath: undefined,
    description: "",
    tags: configTexts(config["tags"]) ?? [],
    config,
    materialized: undefined,
    test: undefined,
    dependsOn: [],
    reasons: faults,
    waitsFor: [],
  };
}

/** What is known of a test that could not be compiled. */
export interface BrokenTest extends ResourceProperties {
  readonly config: TestConfig;
  readonly file: SourceFile;
  /** The generic test that it applies. */
  readonly test: string | undefined;
  readonly alias: string;
  readonly dependsOn: readonly string[];
}

/** A test that could not be compiled. */
export function brokenTest(test: BrokenTest, { reasons, waitsFor }: Fault, settings: Settings): BrokenResource {
  const { uniqueId, name, packageName, fqn, path, config, file, dependsOn } = test;
  const { values } = config.resolved;
  return {
    resourceType: "broken",
    kind: "test",
    ...{ uniqueId, name, packageName, fqn, path, file, dependsOn, reasons, waitsFor },
    patchPath: undefined,
    description: "",
    tags: config.tags,
    config: values,
    relation: failuresRelation(test.alias, values, settings),
    materialized: undefined,
    test: test.test,
  };
}
