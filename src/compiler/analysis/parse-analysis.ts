import type { Diagnostic } from "../../domain/diagnostic.ts";
import { discover, type ParseContext } from "../discover.ts";
import type { ModelFile } from "../parse-model.ts";
import type { PropertiesDeclaration } from "../project/parse-properties.ts";
import type { ResourceFile } from "../project/project-files.ts";
import { mergeConfig, projectConfig, type ResolvedConfig } from "../project/resolve-config.ts";
import { fileResource, patchPathOf } from "../project/resource-properties.ts";
import { usesBrokenMacro } from "../template/context/model-environment.ts";
import { resourceRelation } from "../project/resource-relation.ts";
import type { Recording } from "../template/context/recording.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Template } from "../template/syntax.ts";
import { trimTemplate } from "../trim-template.ts";

/** An analysis: a query that is compiled and never made. Its template is parsed and its config known. */
export interface ParsedAnalysis extends ModelFile {
  readonly template: Template;
  readonly described: PropertiesDeclaration | undefined;
  readonly patchPath: string | undefined;
  readonly config: ResolvedConfig;
  readonly isEnabled: boolean;
  readonly recording: Recording;
}

/** Parses the file of an analysis and evaluates it to learn its references. Faults are reported; one with a fault is given up. */
export function parseAnalysis(source: ResourceFile, context: ParseContext): ParsedAnalysis | undefined {
  const { settings, configs, overrides, properties, macros } = context;
  const named = fileResource(source, { type: "analysis", settings, extension: ".sql" });
  const [own = "", ...inside] = named.fqn;
  const resource = { ...named, fqn: [own, "analysis", ...inside], span: { file: source.file, start: 0, end: 0 } };
  const parsed = parseTemplate(source.file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(context.report);
    return undefined;
  }
  const found: Diagnostic[] = [];
  const noted = { ...context, report: (diagnostic: Diagnostic) => found.push(diagnostic) };
  const template = trimTemplate(parsed.value);
  const relation = resourceRelation(resource.name, {}, settings);
  const recording = discover(template, { resource, mode: "full", config: undefined, relation }, noted);
  const described = properties.get(resource.name);
  const config = mergeConfig([
    projectConfig(configs, resource.fqn),
    described?.config ?? [],
    recording.config,
    projectConfig(overrides, resource.fqn),
  ]);
  const isEnabled = config.values["enabled"] !== false;
  if (isEnabled) found.forEach(context.report);
  if (isEnabled && (found.some(({ severity }) => severity === "error") || usesBrokenMacro(recording, macros)))
    return undefined;
  return {
    ...resource,
    template,
    described,
    patchPath: patchPathOf(described, settings),
    config,
    isEnabled,
    recording,
  };
}
