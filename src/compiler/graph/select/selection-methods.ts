import { access } from "./methods/access.ts";
import { config } from "./methods/config.ts";
import { file } from "./methods/file.ts";
import { fqn } from "./methods/fqn.ts";
import { group } from "./methods/group.ts";
import { namedType } from "./methods/named-type.ts";
import { packageName } from "./methods/package-name.ts";
import { path } from "./methods/path.ts";
import { result } from "./methods/result.ts";
import { resourceType } from "./methods/resource-type.ts";
import { selector } from "./methods/selector.ts";
import { sourceStatus } from "./methods/source-status.ts";
import { source } from "./methods/source.ts";
import { state } from "./methods/state.ts";
import { tag } from "./methods/tag.ts";
import { testName } from "./methods/test-name.ts";
import { testType } from "./methods/test-type.ts";
import { version } from "./methods/version.ts";
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
  ["access", access],
  ["group", group],
  ["version", version],
  ["state", state],
  ["result", result],
  ["source_status", sourceStatus],
  ["selector", selector],
  ["exposure", namedType("exposure")],
  ["unit_test", namedType("unit_test")],
  ["metric", namedType("metric")],
  ["semantic_model", namedType("semantic_model")],
  ["saved_query", namedType("saved_query")],
]);

/** The method that is meant where none is written. */
export function defaultMethodFor(value: string): "path" | "file" | "fqn" {
  if (/[\\/]/u.test(value)) return "path";
  return /\.(?:sql|py|csv)$/iu.test(value) ? "file" : "fqn";
}
