import type { Diagnostic } from "../../domain/diagnostic.ts";
import { resolveTestConfig, type TestConfig, type TestConfigLayers } from "../data-test/test-config.ts";
import { failuresRelation } from "../data-test/failures-relation.ts";
import { discover, type ParseContext } from "../discover.ts";
import type { ModelFile } from "../parse-model.ts";
import type { PropertiesDeclaration } from "../project/parse-properties.ts";
import type { ResourceFile } from "../project/project-files.ts";
import { projectConfig } from "../project/resolve-config.ts";
import { fileResource } from "../project/resource-properties.ts";
import { usesBrokenMacro } from "../template/context/model-environment.ts";
import type { Recording } from "../template/context/recording.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Template } from "../template/syntax.ts";
import { trimTemplate } from "../trim-template.ts";

/** A singular test: a query of its own whose rows are failures. Its template is parsed and its config known. */
export interface ParsedSingularTest extends ModelFile {
  readonly template: Template;
  readonly described: PropertiesDeclaration | undefined;
  readonly config: TestConfig;
  readonly isEnabled: boolean;
  readonly recording: Recording;
}

/** Parses the file of a singular test and evaluates it to learn its config and its references. Faults are reported; a test with a fault is given up. */
export function parseSingularTest(source: ResourceFile, context: ParseContext): ParsedSingularTest | undefined {
  const { settings, configs, overrides, properties, macros } = context;
  const { file } = source;
  const named = fileResource(source, { type: "test", settings, extension: ".sql" });
  const resource = { ...named, span: { file, start: 0, end: 0 } };
  const parsed = parseTemplate(file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(context.report);
    return undefined;
  }
  const found: Diagnostic[] = [];
  const noted = { ...context, report: (diagnostic: Diagnostic) => found.push(diagnostic) };
  const template = trimTemplate(parsed.value);
  const relation = failuresRelation(resource.name, {}, settings);
  const first = discover(template, { resource, mode: "full", config: undefined, relation }, noted);
  const described = properties.get(resource.name);
  const layers: TestConfigLayers = {
    project: projectConfig(configs, resource.fqn),
    block: described?.config ?? [],
    own: first.config,
    overrides: projectConfig(overrides, resource.fqn),
    near: [],
  };
  const config = resolveTestConfig(layers, noted.report);
  const head = { ...resource, template, described, config };
  // What else is wrong with a test that is switched off stands in nobody's way.
  if (config.resolved.values["enabled"] === false) return { ...head, isEnabled: false, recording: first };
  const isFaulty = (): boolean => found.some(({ severity }) => severity === "error");
  const recording =
    !isFaulty() && first.asksForConfig
      ? discover(template, { resource, mode: "full", config: config.resolved.values, relation }, noted)
      : first;
  found.forEach(context.report);
  return isFaulty() || usesBrokenMacro(recording, macros) ? undefined : { ...head, isEnabled: true, recording };
}
