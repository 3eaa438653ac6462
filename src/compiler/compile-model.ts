import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import type { CompiledModel, RunMode } from "../domain/model.ts";
import { accesses } from "../domain/model-version.ts";
import { spanText } from "../domain/source-file.ts";
import type { Sql } from "../domain/sql.ts";
import { compileContract } from "./compile-contract.ts";
import { compileHooks } from "./compile-hooks.ts";
import { compileQuery, type QueryWithColumns } from "./compile-query.ts";
import { collectEphemeral, type EphemeralModel } from "./collect-ephemeral.ts";
import type { LinkedModel } from "./link-models.ts";
import { withTable } from "./project-catalog.ts";
import { authorSqls, isConfigSet } from "./project/author-sql.ts";
import { describeColumns } from "./project/describe-columns.ts";
import { persistedComments } from "./project/persisted-comments.ts";
import { configTexts } from "./project/resolve-config.ts";
import { type RenderContext, renderResource, type RenderSubject } from "./render-resource.ts";
import type { Recording } from "./template/context/recording.ts";
import { injectEphemeral } from "./template/inject-ephemeral.ts";
import type { Catalog, Translate } from "./translation.ts";

/** What models are compiled with: the project, and what is known of the models before. */
export interface CompileContext extends RenderContext {
  readonly catalog: Catalog;
  readonly ephemeral: ReadonlyMap<string, EphemeralModel>;
  readonly translate: Translate;
}

/** A model, compiled, and as its readers put it in front of their own queries if it is ephemeral. */
export interface CompiledResult {
  readonly model: CompiledModel;
  readonly ephemeral: EphemeralModel;
  readonly warnings: readonly Diagnostic[];
  readonly messages: readonly string[];
}

/** What a template read in one evaluation. */
function readIds(
  { refs, sources }: Recording,
  model: LinkedModel,
  { names }: CompileContext,
): Checked<readonly string[]> {
  const known = new Set(model.dependencies.map(({ uniqueId }) => uniqueId));
  const targets = [
    ...sources.map((reference) => ({ span: reference.span, target: names.source(reference) })),
    ...refs.map((reference) => ({ span: reference.span, target: names.model(reference) })),
  ];
  const hidden = targets.find(({ target }) => target.ok && !known.has(target.value.uniqueId));
  if (hidden === undefined) return passed(targets.flatMap(({ target }) => (target.ok ? [target.value.uniqueId] : [])));
  return failed(
    error("hidden-reference", "This reference comes to light too late to order the models by it.", {
      span: hidden.span,
      hint: `Mention it at the top of the model: -- depends_on: {{ ${spanText(hidden.span)} }}`,
    }),
  );
}

interface RenderedMode {
  readonly recording: Recording;
  /** The query before those of ephemeral models are put in front of it, and what it reads. */
  readonly bare: Sql;
  readonly reads: readonly string[];
  readonly compiled: QueryWithColumns;
}

function subjectOf(model: LinkedModel): RenderSubject {
  const { dialect, relation, materialization } = model;
  const config = { ...model.config.values, materialized: materialization.kind };
  return { resource: model, relation, dialect, config };
}

function compileMode(
  model: LinkedModel,
  { mode, catalog }: { readonly mode: RunMode; readonly catalog: Catalog },
  context: CompileContext,
): Checked<RenderedMode> {
  const { dialect, span: place } = model;
  const subject = subjectOf(model);
  const { sql, recording } = renderResource(model.template, { subject, mode }, context);
  if (!sql.ok) return sql;
  const reads = readIds(recording, model, context);
  if (!reads.ok) return reads;
  const ephemeral = collectEphemeral(reads.value, { dialect, place, ephemeral: context.ephemeral });
  if (!ephemeral.ok) return ephemeral;
  const whole = injectEphemeral(sql.value, ephemeral.value);
  const compiled = compileQuery(whole, { dialect, catalog, translate: context.translate, place });
  if (!compiled.ok) return compiled;
  return passed({ recording, bare: sql.value, reads: reads.value, compiled: compiled.value });
}

function uniqueBy<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

interface RenderedModes {
  readonly full: RenderedMode;
  /** Only where the model has such a mode. */
  readonly incremental: RenderedMode | undefined;
}

type AroundModes = CompiledModel["around"];

/** What runs around the model in each mode that it has. */
function compileAround(model: LinkedModel, context: CompileContext): Checked<AroundModes> {
  const { hooks } = model;
  const subject = subjectOf(model);
  const header = isConfigSet(model.config, "sql_header") ? authorSqls(model.config, "sql_header")[0] : undefined;
  const full = compileHooks(hooks, { subject, mode: "full" }, context);
  if (!full.ok) return full;
  const incremental = compileHooks(hooks, { subject, mode: "incremental" }, context);
  if (!incremental.ok) return incremental;
  return passed({ full: { hooks: full.value, header }, incremental: { hooks: incremental.value, header } });
}

function describeModel(
  model: LinkedModel,
  { full, incremental }: RenderedModes,
  { around, contract }: Pick<CompiledModel, "around" | "contract">,
): CompiledModel {
  const { uniqueId, name, packageName, fqn, path, described, config, template, dialect, relation, materialization } =
    model;
  const recordings = [full, ...(incremental === undefined ? [] : [incremental])].map(({ recording }) => recording);
  const { query, columns, lineage } = full.compiled;
  const differs = incremental !== undefined && incremental.compiled.query.text.text !== query.text.text;
  return {
    resourceType: "model",
    uniqueId,
    name,
    packageName,
    fqn,
    path,
    patchPath: described?.name.span.file.path,
    description: described?.description ?? "",
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    file: template.file,
    dialect,
    relation,
    materialization,
    version: model.version,
    access: accesses.find((each) => each === config.values["access"]) ?? "protected",
    properties: describeColumns(described?.columns),
    columns,
    lineage,
    full: query,
    incremental: differs ? incremental.compiled.query : undefined,
    around,
    contract,
    comments: persistedComments(config, described),
    dependsOn: model.dependencies.map((dependency) => dependency.uniqueId),
    refs: uniqueBy(
      recordings.flatMap(({ refs }) =>
        refs.map((ref) => (ref.packageName === undefined ? [ref.name] : [ref.packageName, ref.name])),
      ),
    ),
    sources: uniqueBy(
      recordings.flatMap(({ sources }) => sources.map(({ source, table }) => [source, table] as const)),
    ),
    macros: [...new Set(recordings.flatMap(({ macros }) => [...macros]))].sort(),
  };
}

/** Renders a linked model in the run modes that it has, and translates both. */
export function compileModel(model: LinkedModel, context: CompileContext): Checked<CompiledResult> {
  const full = compileMode(model, { mode: "full", catalog: context.catalog }, context);
  if (!full.ok) return full;
  const { columns } = full.value.compiled;
  // In its incremental mode a model may read its own table, whose columns are those of its full query.
  const catalog = withTable(context.catalog, { relation: model.relation, columns });
  const incremental =
    model.recordings.length > 1 ? compileMode(model, { mode: "incremental", catalog }, context) : undefined;
  if (incremental?.ok === false) return incremental;
  const around = compileAround(model, context);
  if (!around.ok) return around;
  const contract = compileContract(model.contract, subjectOf(model), context);
  if (!contract.ok) return contract;
  const modes: RenderedModes = { full: full.value, incremental: incremental?.value };
  const { recording, bare, reads } = full.value;
  return passed({
    model: describeModel(model, modes, { around: around.value, contract: contract.value }),
    ephemeral: { identifier: model.relation.identifier, dialect: model.dialect, query: bare, reads, span: model.span },
    warnings: [recording, ...(modes.incremental === undefined ? [] : [modes.incremental.recording])].flatMap(
      (each) => each.warnings,
    ),
    messages: recording.messages,
  });
}
