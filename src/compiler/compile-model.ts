import { type Checked, type Diagnostic, failed, passed } from "../domain/diagnostic.ts";
import type { CompiledModel, RunMode } from "../domain/model.ts";
import { relationKey } from "../domain/relation.ts";
import type { Sql } from "../domain/sql.ts";
import { compileQuery, type QueryWithColumns } from "./compile-query.ts";
import type { LinkedModel } from "./link-models.ts";
import { describeColumns } from "./project/describe-columns.ts";
import { configTexts } from "./project/resolve-config.ts";
import { type RenderContext, renderResource, type RenderSubject } from "./render-resource.ts";
import { ephemeralName } from "./template/context/relation-value.ts";
import type { Recording } from "./template/context/recording.ts";
import { type EphemeralQuery, injectEphemeral } from "./template/inject-ephemeral.ts";
import type { Catalog, CatalogTable, Translate } from "./translation.ts";

/** An ephemeral model's query, before others are put in front of it, and the resources that it reads. */
export interface EphemeralModel extends EphemeralQuery {
  readonly reads: readonly string[];
}

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

/** The queries of all ephemeral models that these resources need, each once, those that others read first. */
export function ephemeralQueries(
  ids: readonly string[],
  ephemeral: ReadonlyMap<string, EphemeralModel>,
): readonly EphemeralQuery[] {
  const queries = new Map<string, EphemeralQuery>();
  const visit = (id: string): void => {
    const model = ephemeral.get(id);
    if (model === undefined || queries.has(id)) return;
    model.reads.forEach(visit);
    queries.set(id, model);
  };
  ids.forEach(visit);
  return [...queries.values()];
}

/** The ids of what a template read in one evaluation. */
function readIds(recording: Recording, { names }: CompileContext): readonly string[] {
  const models = recording.refs.map((reference) => names.model(reference));
  const sources = recording.sources.map((reference) => names.source(reference));
  return [...models, ...sources].flatMap((target) => (target.ok ? [target.value.uniqueId] : []));
}

/** In its incremental mode a model may read its own table, whose columns are those of its full query. */
function withOwnTable(catalog: Catalog, own: CatalogTable): Catalog {
  const key = relationKey(own.relation);
  return {
    find: (relation) => (relationKey(relation) === key ? own : catalog.find(relation)),
    tables: () => [...catalog.tables(), own],
  };
}

interface RenderedMode {
  readonly recording: Recording;
  readonly bare: Sql;
  readonly compiled: QueryWithColumns;
}

function compileMode(
  model: LinkedModel,
  { mode, catalog }: { readonly mode: RunMode; readonly catalog: Catalog },
  context: CompileContext,
): Checked<RenderedMode> {
  const subject: RenderSubject = {
    resource: model,
    relation: model.relation,
    dialect: model.dialect,
    config: model.config.values,
  };
  const { sql, recording } = renderResource(model.template, { subject, mode }, context);
  if (!sql.ok) return sql;
  const whole = injectEphemeral(sql.value, ephemeralQueries(readIds(recording, context), context.ephemeral));
  const compiled = compileQuery(whole, {
    dialect: model.dialect,
    catalog,
    translate: context.translate,
    place: model.span,
  });
  return compiled.ok ? passed({ recording, bare: sql.value, compiled: compiled.value }) : compiled;
}

function uniqueBy<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Renders a linked model in the run modes that it has, and translates both. */
export function compileModel(model: LinkedModel, context: CompileContext): Checked<CompiledResult> {
  const full = compileMode(model, { mode: "full", catalog: context.catalog }, context);
  if (!full.ok) return full;
  const { columns } = full.value.compiled;
  const hasModes = model.materialization.kind === "incremental" && model.recordings.length > 1;
  const ownCatalog = withOwnTable(context.catalog, { relation: model.relation, columns });
  const incremental = hasModes ? compileMode(model, { mode: "incremental", catalog: ownCatalog }, context) : full;
  if (!incremental.ok) return failed(...incremental.diagnostics);
  const recordings = hasModes ? [full.value.recording, incremental.value.recording] : [full.value.recording];
  const declaration = model.described?.declaration;
  const differs = incremental.value.compiled.query.text.text !== full.value.compiled.query.text.text;
  return passed({
    model: {
      resourceType: "model",
      uniqueId: model.uniqueId,
      name: model.name,
      packageName: model.packageName,
      fqn: model.fqn,
      path: model.path,
      patchPath: model.described?.patchPath,
      description: declaration?.description ?? "",
      tags: configTexts(model.config.values["tags"]) ?? [],
      config: model.config.values,
      file: model.template.file,
      dialect: model.dialect,
      relation: model.relation,
      materialization: model.materialization,
      properties: describeColumns(declaration?.columns),
      columns,
      full: full.value.compiled.query,
      incremental: differs ? incremental.value.compiled.query : undefined,
      dependsOn: model.dependencies.map(({ uniqueId }) => uniqueId),
      refs: uniqueBy(
        recordings.flatMap(({ refs }) =>
          refs.map(({ packageName, name }) => (packageName === undefined ? [name] : [packageName, name])),
        ),
      ),
      sources: uniqueBy(
        recordings.flatMap(({ sources }) => sources.map(({ source, table }) => [source, table] as const)),
      ),
      macros: [...new Set(recordings.flatMap(({ macros }) => [...macros]))].sort(),
    },
    ephemeral: {
      name: ephemeralName(model.relation.identifier),
      query: full.value.bare,
      reads: readIds(full.value.recording, context),
    },
    warnings: recordings.flatMap(({ warnings }) => warnings),
    messages: full.value.recording.messages,
  });
}
