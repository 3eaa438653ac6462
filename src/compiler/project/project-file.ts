import { type Data, type DataMap } from "../../domain/data.ts";
import type { QueryCommentSetting } from "../../domain/query-comment.ts";
import { queryComment } from "./query-comment-setting.ts";
import { error } from "../../domain/diagnostic.ts";
import type { DialectName, Settings } from "../../domain/settings.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import type { YamlNode } from "./parse-yaml.ts";
import type { RunHookTexts } from "./run-hook-texts.ts";
import {
  anyMapping,
  anything,
  asNode,
  listOf,
  mapping,
  oneOf,
  type Placed,
  placed,
  type Shape,
  text,
} from "./yaml-shape.ts";

interface DispatchEntry {
  readonly macro_namespace: string | undefined;
  readonly search_order: readonly string[] | undefined;
}

/** What a project file says, as written. */
export interface ProjectFile {
  readonly name: Placed<string> | undefined;
  readonly version: string | undefined;
  readonly dialect: DialectName | undefined;
  readonly "model-paths": readonly string[] | undefined;
  readonly "macro-paths": readonly string[] | undefined;
  readonly "seed-paths": readonly string[] | undefined;
  readonly "test-paths": readonly string[] | undefined;
  readonly "snapshot-paths": readonly string[] | undefined;
  readonly "analysis-paths": readonly string[] | undefined;
  readonly "target-path": string | undefined;
  readonly "packages-install-path": string | undefined;
  readonly dispatch: readonly Placed<DispatchEntry>[] | undefined;
  readonly "clean-targets": readonly string[] | undefined;
  readonly "ledger-schema": string | undefined;
  readonly vars: DataMap | undefined;
  readonly models: YamlNode | undefined;
  readonly seeds: YamlNode | undefined;
  readonly sources: YamlNode | undefined;
  readonly snapshots: YamlNode | undefined;
  readonly "on-run-start": readonly string[] | undefined;
  readonly "on-run-end": readonly string[] | undefined;
  readonly data_tests: YamlNode | undefined;
  readonly analyses: YamlNode | undefined;
  readonly exposures: YamlNode | undefined;
  readonly tests: YamlNode | undefined;
  readonly "query-comment": QueryCommentSetting | "none" | undefined;
  readonly "config-version": Data | undefined;
  readonly "require-dbt-version": readonly Placed<string>[] | undefined;
}

/** A folder below the project's, without `./` before it and `/` behind it. */
const folder: Shape<string> = (node, report) => {
  const path = text(node, report);
  if (path === undefined) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (!path.startsWith("/") && !parts.includes("..")) return parts.join("/");
  report(error("project-path", `The folder "${path}" is not below the project's own.`, { span: node.span }));
  return undefined;
};

const dispatch = mapping(
  { macro_namespace: text, search_order: listOf(text) },
  { what: "an entry of dispatch", needs: ["macro_namespace", "search_order"] },
);

const sharedKeys = {
  name: placed(text),
  version: text,
  dialect: oneOf("bigquery", "duckdb"),
  "model-paths": listOf(folder),
  "macro-paths": listOf(folder),
  "seed-paths": listOf(folder),
  "test-paths": listOf(folder),
  "snapshot-paths": listOf(folder),
  "analysis-paths": listOf(folder),
  "target-path": text,
  "packages-install-path": folder,
  dispatch: listOf(dispatch),
  "clean-targets": listOf(text),
  "ledger-schema": text,
  vars: anyMapping,
  models: asNode,
  seeds: asNode,
  sources: asNode,
  snapshots: asNode,
  "on-run-start": listOf(text),
  "on-run-end": listOf(text),
  data_tests: asNode,
  analyses: asNode,
  exposures: asNode,
  tests: asNode,
  "query-comment": queryComment,
  "config-version": anything,
  "require-dbt-version": listOf(placed(text)),
};

const ignored: readonly string[] = ["log-path", "asset-paths", "docs-paths", "function-paths", "dbt-cloud", "flags"];

const unsupported: readonly string[] = [
  "quoting",
  "restrict-access",
  "metrics",
  "semantic-models",
  "saved-queries",
  "functions",
  "unit_tests",
];

/** `project.yml`. */
export const ownFile: Shape<Placed<ProjectFile>> = mapping(
  { ...sharedKeys, target: asNode, targets: asNode },
  { what: "a project file", needs: ["name"], ignored, unsupported: [...unsupported, "profile", "schedule"] },
);

/** `dbt_project.yml`. */
export const dbtFile: Shape<Placed<ProjectFile>> = mapping(
  { ...sharedKeys, profile: asNode },
  { what: "a project file of dbt", needs: ["name"], ignored, unsupported },
);

/** `dbt_project.yml` of an installed package: what it says that means nothing here is nobody's fault. */
export const packageFile: Shape<Placed<ProjectFile>> = mapping(sharedKeys, {
  what: "a project file of a package",
  needs: ["name"],
  ignored: [...ignored, ...unsupported, "profile", "clean-targets"],
  isOpen: true,
});

/** The blocks of configs that a project file has, by the type that they are for. */
export type ConfigBlocks = Readonly<
  Record<"model" | "seed" | "snapshot" | "source" | "test" | "analysis" | "exposure", YamlNode | undefined>
>;

/** The blocks of configs of a project file. */
export function configBlocks(value: ProjectFile): ConfigBlocks {
  const { models: model, seeds: seed, sources: source, snapshots: snapshot } = value;
  const { analyses: analysis, exposures: exposure } = value;
  return { model, seed, source, snapshot, analysis, exposure, test: value.data_tests ?? value.tests };
}

/** The settings that are folders of resources. */
export type ResourcePaths = Pick<
  Settings,
  "modelPaths" | "macroPaths" | "seedPaths" | "testPaths" | "snapshotPaths" | "analysisPaths"
>;

/** The folders of resources that a project file names, or dbt's usual ones. */
export function resourcePaths(value: ProjectFile): ResourcePaths {
  return {
    modelPaths: value["model-paths"] ?? ["models"],
    macroPaths: value["macro-paths"] ?? ["macros"],
    seedPaths: value["seed-paths"] ?? ["seeds"],
    testPaths: value["test-paths"] ?? ["tests"],
    snapshotPaths: value["snapshot-paths"] ?? ["snapshots"],
    analysisPaths: value["analysis-paths"] ?? ["analyses"],
  };
}

/** The hooks of a run that a project file has. */
export function runHookTexts(file: SourceFile, value: ProjectFile): RunHookTexts {
  return { file, start: value["on-run-start"] ?? [], end: value["on-run-end"] ?? [] };
}
