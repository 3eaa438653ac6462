import { type DataMap, isDataMap } from "../domain/data.ts";
import type { Checked } from "../domain/diagnostic.ts";
import type { DocBlock } from "../domain/exposure.ts";
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
  /** What `doc()` finds. */
  readonly docs?: readonly DocBlock[] | undefined;
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

/** The rows of what is read that a template gets: those of its batch, and of these what the call wants. */
function readValue(
  value: HostObject,
  { eventTime }: Pick<Readable, "eventTime">,
  { subject, inputs }: { readonly subject: RenderSubject; readonly inputs: Inputs },
): HostObject {
  const { batch, dialect } = subject;
  const rows = inputs.reading?.rows ?? "all";
  if (rows === "none") return printedAs(value, `(select * from ${value.print()} where false limit 0)`);
  const stretches = [...(batch === undefined ? [] : [batch]), ...(rows === "all" ? [] : [rows])];
  if (stretches.length === 0 || eventTime === undefined) return value;
  const startMs = Math.max(...stretches.map((each) => each.startMs));
  const endMs = Math.min(...stretches.map((each) => each.endMs));
  return printedAs(value, `(select * from ${value.print()} where ${inBatch(eventTime, { startMs, endMs }, dialect)})`);
}

/** What is read, where it stands for this call. */
function standing<T extends Readable>(target: T, { reading }: Inputs): T {
  const elsewhere = reading?.deferred[target.uniqueId];
  return elsewhere === undefined ? target : { ...target, relation: elsewhere };
}

function found<T>(target: Checked<T>): T {
  if (target.ok) return target.value;
  const [first] = target.diagnostics;
  if (first === undefined) throw new Error("a failed lookup says why");
  throw new TemplateError(first);
}

/** `model`: what the resource is in the graph, if it is there. */
function nodeIn({ graph }: RenderContext, { uniqueId }: ResourceProperties): DataMap | undefined {
  const nodes = graph?.()["nodes"];
  const node = isDataMap(nodes) ? nodes[uniqueId] : undefined;
  return isDataMap(node) ? node : undefined;
}

/** The environment of a linked resource: references lead to relations, and the config is known. */
export function linkedEnvironment(
  subject: RenderSubject,
  mode: RunMode,
  context: RenderContext,
): { readonly environment: Environment; readonly recording: Recording } {
  const { names, inputs } = context;
  const recording = startRecording();
  const scope: ModelScope = {
    ...context,
    ...subject,
    node: subject.node ?? (() => nodeIn(context, subject.resource)),
    mode,
    phase: context.phase ?? "compile",
    recording,
    reference: (reference) => {
      const target = standing(found(names.model(reference)), inputs);
      return readValue(tableValue(target, subject.dialect), target, { subject, inputs });
    },
    source: (reference) => {
      const target = found(names.source(reference));
      return readValue(relationValue(target.relation, subject.dialect), target, { subject, inputs });
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
