import { config } from "./methods/config.ts";
import { file } from "./methods/file.ts";
import { fqn } from "./methods/fqn.ts";
import { packageName } from "./methods/package-name.ts";
import { path } from "./methods/path.ts";
import { resourceType } from "./methods/resource-type.ts";
import { source } from "./methods/source.ts";
import { tag } from "./methods/tag.ts";
import { testName } from "./methods/test-name.ts";
import { testType } from "./methods/test-type.ts";
import type { SelectionMethod } from "./selection-method.ts";

/** The selection methods by the names that are written before the colon. */
export const selectionMethods: ReadonlyMap<string, SelectionMethod> = new Map([
  ["fqn", fqn],
  ["path", path],
  ["file", file],
  ["tag", tag],
  ["source", source],
  ["config", config],
  ["resource_type", resourceType],
  ["package", packageName],
  ["test_name", testName],
  ["test_type", testType],
]);

/** Methods that dbt has and that are refused by name, lest they be taken for misspelt ones. */
export const methodsOfDbtAlone: ReadonlySet<string> = new Set([
  "access",
  "exposure",
  "group",
  "metric",
  "result",
  "saved_query",
  "selector",
  "semantic_model",
  "source_status",
  "state",
  "unit_test",
  "version",
]);

/** The method that is meant where none is written. */
export function defaultMethodFor(value: string): "path" | "file" | "fqn" {
  if (/[\\/]/u.test(value)) return "path";
  return /\.(?:sql|py|csv)$/iu.test(value) ? "file" : "fqn";
}
