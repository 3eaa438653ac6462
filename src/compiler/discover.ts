import type { Checked, Diagnostic } from "../domain/diagnostic.ts";
import type { RunMode } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { ConfigValues, Inputs, Settings } from "../domain/settings.ts";
import type { Sql } from "../domain/sql.ts";
import type { PropertiesDeclaration } from "./project/parse-properties.ts";
import type { YamlNode } from "./project/parse-yaml.ts";
import type { ResourceProperties } from "./project/resource-properties.ts";
import { modelEnvironment, type ProjectMacros, usesBrokenMacro } from "./template/context/model-environment.ts";
import { type Recording, startRecording } from "./template/context/recording.ts";
import { relationValue } from "./template/context/relation-value.ts";
import { withNames } from "./template/context/with-names.ts";
import { renderTemplate } from "./template/render-template.ts";
import type { Template } from "./template/syntax.ts";
import type { Value } from "./template/values/value.ts";

/** What a model's file is parsed with: the rest of the project as far as it is known by then. */
export interface ParseContext {
  readonly settings: Settings;
  readonly inputs: Inputs;
  readonly configs: YamlNode | undefined;
  /** What the project says of the resources of a package: it counts more than all that the package says (DBT_SEMANTICS §12). */
  readonly overrides?: YamlNode | undefined;
  /** What property files say, by model name. */
  readonly properties: ReadonlyMap<string, PropertiesDeclaration>;
  readonly macros: ProjectMacros;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** What a template is evaluated with before references lead anywhere. */
export interface Discovery {
  readonly resource: ResourceProperties;
  readonly mode: RunMode;
  readonly config: ConfigValues | undefined;
  readonly relation: Relation;
  /** Names that this template alone sees. */
  readonly names?: Readonly<Record<string, Value>>;
}

/** What evaluating a template can need of its project. */
export type DiscoveryContext = Pick<ParseContext, "settings" | "inputs" | "macros" | "report">;

/** A template's text before references lead anywhere, and what it says on the way. */
export function renderEarly(
  template: Template,
  { names = {}, ...discovery }: Discovery,
  { settings, inputs, macros }: DiscoveryContext,
): { readonly sql: Checked<Sql>; readonly recording: Recording } {
  const recording = startRecording();
  const standIn = relationValue(discovery.relation, settings.dialect);
  const scope = {
    ...discovery,
    phase: "parse" as const,
    settings,
    inputs,
    dialect: settings.dialect,
    reference: () => standIn,
    source: () => standIn,
    recording,
  };
  return { sql: renderTemplate(template, withNames(modelEnvironment(scope, macros), names)), recording };
}

/** Evaluates a template before its references lead anywhere, for what it says on the way. Faults are reported. */
export function discover(template: Template, discovery: Discovery, context: DiscoveryContext): Recording {
  const { sql, recording } = renderEarly(template, discovery, context);
  // What goes wrong for want of an answer is found, if it is wrong, when the template is compiled with one.
  const isExplained = recording.lacksAnswers || usesBrokenMacro(recording, context.macros);
  if (!sql.ok && !isExplained) sql.diagnostics.forEach(context.report);
  return recording;
}
