import type { Diagnostic } from "../domain/diagnostic.ts";
import type { Materialization, RunMode } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { DialectName, Inputs, Settings } from "../domain/settings.ts";
import type { Span } from "../domain/source-file.ts";
import type { DescribedResource } from "./project/declare-seed.ts";
import { checkConfigKeys, linkMaterialization } from "./project/link-materialization.ts";
import type { YamlNode } from "./project/parse-yaml.ts";
import type { ResourceFile } from "./project/project-files.ts";
import { mergeConfig, projectConfig, type ResolvedConfig } from "./project/resolve-config.ts";
import { fileResource, type ResourceProperties } from "./project/resource-properties.ts";
import { resourceRelation } from "./project/resource-relation.ts";
import { modelEnvironment, type ProjectMacros } from "./template/context/model-environment.ts";
import { type Recording, startRecording } from "./template/context/recording.ts";
import { relationValue } from "./template/context/relation-value.ts";
import { parseTemplate } from "./template/parse-template.ts";
import { renderTemplate } from "./template/render-template.ts";
import type { Template } from "./template/syntax.ts";

/** What a model's file is parsed with: the rest of the project as far as it is known by then. */
export interface ParseContext {
  readonly settings: Settings;
  readonly inputs: Inputs;
  readonly configs: YamlNode | undefined;
  /** What property files say, by model name, with the path of the file that says it. */
  readonly properties: ReadonlyMap<string, DescribedResource>;
  readonly macros: ProjectMacros;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** A model whose template is parsed and whose config is known, before its references lead anywhere. */
export interface ParsedModel extends ResourceProperties {
  readonly template: Template;
  readonly described: DescribedResource | undefined;
  readonly config: ResolvedConfig;
  readonly isEnabled: boolean;
  readonly dialect: DialectName;
  readonly relation: Relation;
  readonly materialization: Materialization;
  /** What the template says in either run mode: the graph is the union of both (DESIGN §3). */
  readonly recordings: readonly Recording[];
  /** The file's beginning, for what has no better place. */
  readonly span: Span;
}

function discover(
  template: Template,
  mode: RunMode,
  { resource, context }: { readonly resource: ResourceProperties; readonly context: ParseContext },
): Recording {
  const { settings, inputs, macros, report } = context;
  const recording = startRecording();
  const relation: Relation = {
    database: settings.target.database,
    schema: settings.target.schema,
    identifier: resource.name,
  };
  const standIn = relationValue(relation, settings.dialect);
  const scope = {
    settings,
    inputs,
    resource,
    dialect: settings.dialect,
    relation,
    mode,
    config: undefined,
    reference: () => standIn,
    source: () => standIn,
    recording,
  };
  const rendered = renderTemplate(template, modelEnvironment(scope, macros));
  if (!rendered.ok) rendered.diagnostics.forEach(report);
  return recording;
}

/** Parses a model's file and evaluates it once a run mode to learn its config and references. Faults are reported; a model with a fault is given up. */
export function parseModel(source: ResourceFile, context: ParseContext): ParsedModel | undefined {
  const { settings, configs, properties } = context;
  const { file } = source;
  const packageName = settings.name;
  const resource = fileResource(source, { type: "model", packageName, extension: ".sql" });
  const span: Span = { file, start: 0, end: 0 };
  const faults: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    context.report(diagnostic);
  };
  const parsed = parseTemplate(file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(report);
    return undefined;
  }
  const noted = { ...context, report };
  const full = discover(parsed.value, "full", { resource, context: noted });
  const recordings =
    faults.length === 0 && full.asksForRunMode
      ? [full, discover(parsed.value, "incremental", { resource, context: noted })]
      : [full];
  const described = properties.get(resource.name);
  const config = mergeConfig([projectConfig(configs, resource.fqn), described?.declaration.config ?? [], full.config]);
  checkConfigKeys(config, report);
  const materialization = linkMaterialization(config, span, report);
  const dialect = config.values["dialect"] === "duckdb" ? "duckdb" : settings.dialect;
  if (faults.length > 0) return undefined;
  return {
    ...resource,
    template: parsed.value,
    described,
    config,
    isEnabled: config.values["enabled"] !== false,
    dialect,
    relation: resourceRelation(resource.name, config.values, settings),
    materialization,
    recordings,
    span,
  };
}
