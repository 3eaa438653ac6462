import { batchStart, shiftedBatch } from "../domain/batch.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import type { Around, Asking, CompiledModel, CompiledQuery, RunMode } from "../domain/model.ts";
import type { Microbatch } from "../domain/incremental.ts";
import { accesses } from "../domain/model-version.ts";
import { relationKey } from "../domain/relation.ts";
import { type Script, tell } from "../domain/script.ts";
import { spanText } from "../domain/source-file.ts";
import { emptySql, type Sql } from "../domain/sql.ts";
import { type Message, tellAll, type Told, toldNothing } from "../domain/told.ts";
import { compileContract } from "./compile-contract.ts";
import { compileHooks } from "./compile-hooks.ts";
import { compileQuery, type QueryWithColumns } from "./compile-query.ts";
import { type AskingModels, compileAsking, compileUnasked, raiseFirst } from "./asking-context.ts";
import { collectEphemeral, type EphemeralModel, type KnownEphemeral } from "./collect-ephemeral.ts";
import { strategyCompiler } from "./compile-strategy.ts";
import type { LinkedModel } from "./link-models.ts";
import { withTable } from "./project-catalog.ts";
import { authorSqls, isConfigSet } from "./project/author-sql.ts";
import { describeColumns } from "./project/describe-columns.ts";
import { persistedComments } from "./project/persisted-comments.ts";
import { configTexts } from "./project/resolve-config.ts";
import { type RenderContext, renderResource, type RenderSubject } from "./render-resource.ts";
import { type Recording, startRecording } from "./template/context/recording.ts";
import { injectEphemeral } from "./template/inject-ephemeral.ts";
import type { Catalog, Translate } from "./translation.ts";

/** What models are compiled with: the project, and what is known of the models before. */
export interface CompileContext extends RenderContext {
  readonly catalog: Catalog;
  readonly ephemeral: KnownEphemeral;
  readonly translate: Translate;
  readonly asking?: AskingModels | undefined;
}

/** A model, compiled, and as its readers put it in front of their own queries if it is ephemeral. */
export interface CompiledResult {
  readonly model: CompiledModel;
  readonly ephemeral: EphemeralModel;
  readonly warnings: readonly Diagnostic[];
  readonly messages: readonly Message[];
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
  const { dialect, relation, materialization, batch } = model;
  const config = { ...model.config.values, materialized: materialization.kind };
  return { resource: model, relation, dialect, config, batch };
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

type ModelFacts = Pick<CompiledModel, "around" | "contract">;

interface CompiledAround {
  readonly around: Around;
  readonly told: Told;
}

/** What runs around the model in one mode. */
function compileAround(model: LinkedModel, mode: RunMode, context: CompileContext): Checked<CompiledAround> {
  const { hooks } = model;
  const subject = subjectOf(model);
  const header = isConfigSet(model.config, "sql_header") ? authorSqls(model.config, "sql_header")[0] : undefined;
  const compiled = compileHooks(hooks, { subject, mode }, context);
  return compiled.ok
    ? passed({ around: { hooks: compiled.value.hooks, header }, told: compiled.value.told })
    : compiled;
}

interface CompiledAroundModes {
  readonly modes: AroundModes;
  readonly told: Told;
}

function compileBothAround(model: LinkedModel, context: CompileContext): Checked<CompiledAroundModes> {
  const full = compileAround(model, "full", context);
  if (!full.ok) return full;
  const incremental = compileAround(model, "incremental", context);
  if (!incremental.ok) return incremental;
  return passed({ modes: { full: full.value.around, incremental: incremental.value.around }, told: full.value.told });
}

function describeModel(
  model: LinkedModel,
  { full, incremental }: RenderedModes,
  { around, contract }: ModelFacts,
): CompiledModel {
  const { uniqueId, name, packageName, fqn, path, described, config, template, dialect, relation, materialization } =
    model;
  const recordings = [full, ...(incremental === undefined ? [] : [incremental])].map(({ recording }) => recording);
  const { query, columns, lineage } = full.compiled;
  const differs =
    incremental !== undefined &&
    (incremental.compiled.query.text === emptySql || incremental.compiled.query.text.text !== query.text.text);
  return {
    resourceType: model.type,
    uniqueId,
    name,
    packageName,
    fqn,
    path,
    patchPath: model.patchPath,
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
    layout: model.layout,
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

/** What stands in for a mode that asks, until the model's turn in the run: then it says what it has to say. */
function unasked({ recordings: [recording = startRecording()] }: LinkedModel): RenderedMode {
  const query: CompiledQuery = { text: emptySql, statement: emptySql, uses: [] };
  return {
    recording: { ...recording, messages: [], warnings: [] },
    bare: emptySql,
    reads: [],
    compiled: { query, columns: undefined, lineage: undefined },
  };
}

function ephemeralOf({ relation, dialect, span }: LinkedModel, { bare, reads }: RenderedMode): EphemeralModel {
  return { identifier: relation.identifier, dialect, query: bare, reads, span };
}

function resultOf(
  model: LinkedModel,
  modes: RenderedModes,
  { told, ...facts }: ModelFacts & { readonly told: Told },
): CompiledResult {
  const { recording } = modes.full;
  return {
    model: describeModel(model, modes, facts),
    ephemeral: ephemeralOf(model, modes.full),
    warnings: [recording, ...(modes.incremental === undefined ? [] : [modes.incremental.recording]), told].flatMap(
      (each) => each.warnings,
    ),
    messages: [...recording.messages, ...told.messages],
  };
}

function hasIncrementalMode(model: LinkedModel): boolean {
  return model.recordings.length > 1;
}

function compileFull(model: LinkedModel, context: CompileContext): Checked<RenderedMode> {
  return compileMode(model, { mode: "full", catalog: context.catalog }, context);
}

/** In its incremental mode a model may read its own table, whose columns are those of its full query. */
function withOwnTable(
  { relation }: LinkedModel,
  full: RenderedMode | undefined,
  context: CompileContext,
): CompileContext {
  if (full !== undefined) {
    const own = { relation, columns: full.compiled.columns };
    return { ...context, catalog: withTable(context.catalog, own) };
  }
  const { asking } = context;
  const relations = new Set([...(asking?.relations ?? []), relationKey(relation)]);
  return { ...context, asking: { ephemeral: new Map(), ...asking, relations } };
}

function compileIncremental(model: LinkedModel, context: CompileContext): Checked<RenderedMode> {
  return compileMode(model, { mode: "incremental", catalog: context.catalog }, context);
}

/** Compiles a model in one mode of those that ask, and in its full one if that asks nothing. */
function* compileAtTurn(
  model: LinkedModel,
  { mode, known }: { readonly mode: RunMode; readonly known: RenderedMode | undefined },
  context: CompileContext,
): Script<Checked<CompiledModel>> {
  const { dialect } = model;
  const at = mode === "full" ? { context, dialect } : { context: withOwnTable(model, known, context), dialect };
  const rendered = yield* compileAsking(at, (each) =>
    mode === "full" ? compileFull(model, each) : compileIncremental(model, each),
  );
  if (!rendered.ok) return rendered;
  const around = yield* compileAsking(at, (each) => compileAround(model, mode, each));
  if (!around.ok) return around;
  yield* tell(tellAll([rendered.value.recording, around.value.told]));
  const modes: RenderedModes =
    mode === "full"
      ? { full: rendered.value, incremental: undefined }
      : { full: known ?? rendered.value, incremental: rendered.value };
  const contract = compileContract(model.contract, subjectOf(model), context);
  if (!contract.ok) return contract;
  const both = { full: around.value.around, incremental: around.value.around };
  return passed(describeModel(model, modes, { around: both, contract: contract.value }));
}

/** The query of an ephemeral model that asks, compiled together with what reads it. */
export function askingEphemeral(model: LinkedModel): (context: CompileContext) => EphemeralModel {
  return (context) => ephemeralOf(model, raiseFirst(compileFull(model, context)));
}

function microbatchOf({ materialization }: LinkedModel): Microbatch | undefined {
  if (materialization.kind !== "incremental" || materialization.strategy.kind !== "microbatch") return undefined;
  return materialization.strategy;
}

/** How a microbatch model is compiled for one of its batches, at the batch's turn in the run. */
function batchCompiler(
  model: LinkedModel,
  known: RenderedMode | undefined,
  context: CompileContext,
): CompiledModel["compileBatch"] {
  const strategy = microbatchOf(model);
  if (strategy === undefined) return undefined;
  const { size } = strategy;
  return (batch, mode) => compileAtTurn({ ...model, batch: { ...batch, size } }, { mode, known }, context);
}

const nothingAround: Around = { hooks: { before: [], after: [] }, header: undefined };

/**
 * Renders a linked model in the run modes that it has, and translates both. A mode whose template or hooks ask the warehouse,
 * or that reads what is only known then, is left to the model's turn in the run. One that is built by batches stands for all of
 * them as a whole; where its template cannot do without `model.batch`, as its first batch.
 */
export function compileModel(model: LinkedModel, context: CompileContext): Checked<CompiledResult> {
  const whole = compileOnce(model, context);
  const strategy = microbatchOf(model);
  if (whole.ok || strategy === undefined) return whole;
  const { beginMs, size } = strategy;
  const batch = { startMs: batchStart(beginMs, size), endMs: shiftedBatch(beginMs, 1, size), size };
  const first = compileOnce({ ...model, batch }, context);
  return first.ok ? first : whole;
}

function compileOnce(model: LinkedModel, context: CompileContext): Checked<CompiledResult> {
  const { dialect } = model;
  const full = compileUnasked({ context, dialect }, (each) => compileFull(model, each));
  if (full !== "asks" && !full.ok) return full;
  const known = full === "asks" ? undefined : full.value;
  const isReady = hasIncrementalMode(model) && (known !== undefined || dialect === "duckdb");
  const incremental = isReady
    ? compileUnasked({ context: withOwnTable(model, known, context), dialect }, (each) =>
        compileIncremental(model, each),
      )
    : undefined;
  if (incremental !== undefined && incremental !== "asks" && !incremental.ok) return incremental;
  const around = compileUnasked({ context, dialect }, (each) => compileBothAround(model, each));
  if (around !== "asks" && !around.ok) return around;
  const hooksAsk = around === "asks";
  const incrementalAsks =
    incremental === "asks" ||
    (hasIncrementalMode(model) && !isReady) ||
    (hooksAsk && model.materialization.kind === "incremental");
  const modes: readonly RunMode[] = [
    ...(full === "asks" || hooksAsk ? (["full"] as const) : []),
    ...(incrementalAsks ? (["incremental"] as const) : []),
  ];
  const rendered: RenderedModes = {
    full: known ?? unasked(model),
    incremental: incrementalAsks ? unasked(model) : incremental?.value,
  };
  const contract = compileContract(model.contract, subjectOf(model), context);
  if (!contract.ok) return contract;
  const result = resultOf(model, rendered, {
    around: hooksAsk ? { full: nothingAround, incremental: nothingAround } : around.value.modes,
    contract: contract.value,
    told: hooksAsk ? toldNothing : around.value.told,
  });
  const compileBatch = batchCompiler(model, known, context);
  const asks: Asking<CompiledModel> | undefined =
    modes.length === 0 ? undefined : { modes, compile: (mode) => compileAtTurn(model, { mode, known }, context) };
  const compileStrategy = strategyCompiler(model, context);
  if (!compileStrategy.ok) return compileStrategy;
  return passed({ ...result, model: { ...result.model, asks, compileBatch, compileStrategy: compileStrategy.value } });
}
