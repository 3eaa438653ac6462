import type { DataMap } from "../domain/data.ts";
import type { Checked } from "../domain/diagnostic.ts";
import type { RunMode } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { ConfigValues, DialectName, Inputs, Settings } from "../domain/settings.ts";
import type { Sql } from "../domain/sql.ts";
import type { NameTable, Readable, Referable } from "./graph/name-table.ts";
import type { ResourceProperties } from "./project/resource-properties.ts";
import { inBatch, type ModelBatch } from "./template/context/batch-values.ts";
import { modelEnvironment, type ProjectMacros } from "./template/context/model-environment.ts";
import type { ModelScope } from "./template/context/model-scope.ts";
import { type Recording, startRecording } from "./template/context/recording.ts";
import { ephemeralValue, printedAs, relationValue } from "./template/context/relation-value.ts";
import type { WarehouseAccess } from "./template/context/warehouse-access.ts";
import type { Environment } from "./template/evaluate/evaluation.ts";
import { renderTemplate } from "./template/render-template.ts";
import type { Template } from "./template/syntax.ts";
import { TemplateError } from "./template/template-error.ts";
import type { HostObject } from "./template/values/value.ts";

/** What of the project every template may use. */
export interface RenderContext {
  readonly settings: Settings;
  readonly inputs: Inputs;
  readonly macros: ProjectMacros;
  readonly names: NameTable;
  /** `graph` as templates see it. */
  readonly graph?: (() => DataMap) | undefined;
  /** How templates reach the warehouse: without it, what asks it stops with a `QuestionSignal`. */
  readonly warehouse?: WarehouseAccess | undefined;
  /** `parse`: only to learn what a template refers to. */
  readonly phase?: "parse" | "compile" | undefined;
}

/** What a template is rendered for. */
export interface RenderSubject {
  readonly resource: ResourceProperties;
  readonly relation: Relation;
  readonly dialect: DialectName;
  readonly config: ConfigValues;
  /** The batch that a microbatch model is rendered for: it reads no more than its time of what has an `event_time`. */
  readonly batch?: ModelBatch | undefined;
  /** `model` as templates see it. */
  readonly node?: (() => DataMap) | undefined;
}

/** A template's text, and what it said on the way. */
export interface Rendered {
  readonly sql: Checked<Sql>;
  readonly recording: Recording;
}

/** What is read as templates see it: a relation, or the query of an ephemeral model. */
export function tableValue(
  { relation, isEphemeral }: Pick<Referable, "relation" | "isEphemeral">,
  dialect: DialectName,
): HostObject {
  return isEphemeral ? ephemeralValue(relation, dialect) : relationValue(relation, dialect);
}

/** What is read in a batch: the rows of its time alone, where it is known which these are. */
function readValue(
  value: HostObject,
  { eventTime }: Pick<Readable, "eventTime">,
  { batch, dialect }: RenderSubject,
): HostObject {
  if (batch === undefined || eventTime === undefined) return value;
  return printedAs(value, `(select * from ${value.print()} where ${inBatch(eventTime, batch, dialect)})`);
}

function found<T>(target: Checked<T>): T {
  if (target.ok) return target.value;
  const [first] = target.diagnostics;
  if (first === undefined) throw new Error("a failed lookup says why");
  throw new TemplateError(first);
}

/** The environment of a linked resource: references lead to relations, and the config is known. */
export function linkedEnvironment(
  subject: RenderSubject,
  mode: RunMode,
  context: RenderContext,
): { readonly environment: Environment; readonly recording: Recording } {
  const { names } = context;
  const recording = startRecording();
  const scope: ModelScope = {
    ...context,
    ...subject,
    mode,
    phase: context.phase ?? "compile",
    recording,
    reference: (reference) => {
      const target = found(names.model(reference));
      return readValue(tableValue(target, subject.dialect), target, subject);
    },
    source: (reference) => {
      const target = found(names.source(reference));
      return readValue(relationValue(target.relation, subject.dialect), target, subject);
    },
  };
  return { environment: modelEnvironment(scope, context.macros), recording };
}

/** Renders a template in one run mode. */
export function renderResource(
  template: Template,
  { subject, mode }: { readonly subject: RenderSubject; readonly mode: RunMode },
  context: RenderContext,
): Rendered {
  const { environment, recording } = linkedEnvironment(subject, mode, context);
  return { sql: renderTemplate(template, environment), recording };
}
