import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Layout } from "../domain/layout.ts";
import type { Materialization, RunMode } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { DialectName } from "../domain/settings.ts";
import type { Span } from "../domain/source-file.ts";
import { discover, type ParseContext } from "./discover.ts";
import { nameRelation } from "./name-relation.ts";
import { checkConfig } from "./project/check-config.ts";
import { type HookTemplates, linkHooks } from "./project/link-hooks.ts";
import { contractTemplates, linkContract, type LinkedContract } from "./project/link-contract.ts";
import { linkLayout } from "./project/link-layout.ts";
import { linkDialect, linkMaterialization } from "./project/link-materialization.ts";
import type { PropertiesDeclaration } from "./project/parse-properties.ts";
import type { ResourceFile } from "./project/project-files.ts";
import { linkSnapshot } from "./project/link-snapshot.ts";
import { mergeConfig, projectConfig, type ResolvedConfig } from "./project/resolve-config.ts";
import {
  fileResource,
  patchPathOf,
  type ResourceProperties,
  versionedResource,
} from "./project/resource-properties.ts";
import { defaultAlias, resourceRelation, snapshotRelation } from "./project/resource-relation.ts";
import { definesMacro, usesBrokenMacro } from "./template/context/model-environment.ts";
import type { Recording } from "./template/context/recording.ts";
import { parseTemplate } from "./template/parse-template.ts";
import type { Template } from "./template/syntax.ts";
import { trimTemplate } from "./trim-template.ts";

/** What there is to know of a model's file even if it has a fault. */
export interface ModelFile extends ResourceProperties {
  /** The file's beginning, for what has no better place. */
  readonly span: Span;
}

/** A model whose template is parsed and whose config is known, before its references lead anywhere. */
export interface ParsedModel extends ModelFile {
  readonly type: "model" | "snapshot";
  readonly template: Template;
  readonly described: PropertiesDeclaration | undefined;
  readonly patchPath: string | undefined;
  readonly config: ResolvedConfig;
  readonly isEnabled: boolean;
  readonly dialect: DialectName;
  readonly relation: Relation;
  readonly materialization: Materialization;
  readonly hooks: HookTemplates;
  readonly contract: LinkedContract | undefined;
  readonly layout: Layout | undefined;
  /** What hooks and foreign keys say: what they refer to is read before the model is built, too. */
  readonly hookRecordings: readonly Recording[];
  /** What the template says in the run modes that the model has: the graph is the union of both (DESIGN §3). */
  readonly recordings: readonly Recording[];
}

/** Both spellings of one hook in a call of `config` leave open which comes first, as in dbt. */
function tellTwins({ config }: Recording, report: (diagnostic: Diagnostic) => void): void {
  for (const when of ["pre", "post"]) {
    const [own, twin] = [`${when}_hook`, `${when}-hook`].map((key) => config.find((entry) => entry.key === key));
    if (own === undefined || twin === undefined) continue;
    const message = `"${own.key}" and "${twin.key}" are one config, and both are given.`;
    report(error("config", message, { span: own.span, hint: "Put all of the hooks into one list." }));
  }
}

/** The names of the model that a file holds. */
export function modelFile(source: ResourceFile, settings: ParseContext["settings"]): ModelFile {
  const resource = fileResource(source, { type: "model", settings, extension: ".sql" });
  return { ...resource, span: { file: source.file, start: 0, end: 0 } };
}

/**
 * Parses a model's file and evaluates it to learn first its config, then its references in each run mode. Faults are
 * reported; a model with a fault is given up.
 */
export function parseModel(source: ResourceFile, context: ParseContext): ParsedModel | undefined {
  const parsed = parseTemplate(source.file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(context.report);
    return undefined;
  }
  const named = modelFile(source, context.settings);
  const described = context.properties.get(named.name);
  const version = described?.version;
  const resource =
    version === undefined ? named : versionedResource(named, { name: described?.name.value ?? named.name, version });
  return parseTemplated({ resource, type: "model", template: parsed.value, described }, context);
}

/** A template that is the query of a model or a snapshot. */
export interface Templated {
  readonly resource: ModelFile;
  readonly type: "model" | "snapshot";
  readonly template: Template;
  readonly described: PropertiesDeclaration | undefined;
}

/** Evaluates the template of a model or a snapshot, as `parseModel` does that of a file. */
export function parseTemplated(
  { resource, type, template: whole, described }: Templated,
  context: ParseContext,
): ParsedModel | undefined {
  const { settings, configs, overrides, macros } = context;
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    found.push(diagnostic);
  };
  const template = trimTemplate(whole);
  const noted = { ...context, report };
  const nameless = resourceRelation(defaultAlias(resource), {}, settings);
  const first = discover(template, { resource, mode: "full", config: undefined, relation: nameless }, noted);
  const config = mergeConfig([
    projectConfig(configs, resource.fqn),
    described?.config ?? [],
    first.config,
    projectConfig(overrides, resource.fqn),
  ]);
  const dialect = linkDialect(config, settings.dialect, report);
  const { name, span } = resource;
  const written = { dialect, warehouse: settings.target.type };
  const materialization =
    type === "snapshot"
      ? linkSnapshot(config, { name, span, ...written }, report)
      : linkMaterialization({
          ...written,
          config,
          report,
          definesMacro: (macro) => definesMacro(macros, macro, resource.packageName),
        });
  const head = {
    ...resource,
    type,
    template,
    described,
    patchPath: patchPathOf(described, settings),
    config,
    dialect,
    relation:
      type === "snapshot"
        ? snapshotRelation(nameRelation(resource, config, noted), config.values)
        : nameRelation(resource, config, noted),
    materialization,
    contract: linkContract(config, { described, materialization, ...written, span, name }, report),
    hooks: linkHooks(config, { path: resource.path, ...written }, report),
    layout: settings.target.type === "bigquery" ? linkLayout(config, report) : undefined,
  };
  // What else is wrong with a model that is switched off stands in nobody's way.
  if (config.values["enabled"] === false) return { ...head, isEnabled: false, recordings: [], hookRecordings: [] };
  checkConfig(config, type, report);
  const again = (mode: RunMode, read: Template = template): Recording =>
    discover(read, { resource, mode, config: config.values, relation: head.relation }, noted);
  const isFaulty = (): boolean => found.some(({ severity }) => severity === "error");
  const recordings = [first];
  if (!isFaulty() && first.asksForConfig) recordings[0] = again("full");
  if (!isFaulty() && first.asksForRunMode && head.materialization.kind === "incremental")
    recordings.push(again("incremental"));
  tellTwins(first, report);
  const { before, after } = head.hooks;
  const around = [...[...before, ...after].map((hook) => hook.template), ...contractTemplates(head.contract)];
  const hookRecordings = isFaulty() ? [] : around.map((each) => again("full", each));
  found.forEach(context.report);
  if (isFaulty() || recordings.some((recording) => usesBrokenMacro(recording, macros))) return undefined;
  return { ...head, isEnabled: true, recordings, hookRecordings };
}
