import type { BrokenResource, CompiledProject } from "../domain/compiled-project.ts";
import { type Checked, type Diagnostic, error, failed } from "../domain/diagnostic.ts";
import type { CompiledModel, Seed } from "../domain/model.ts";
import { relationKey } from "../domain/relation.ts";
import type { RunHook } from "../domain/run-hook.ts";
import type { Inputs } from "../domain/settings.ts";
import type { Message } from "../domain/told.ts";
import { compileAnalyses } from "./analysis/compile-analysis.ts";
import type { EphemeralModel } from "./collect-ephemeral.ts";
import { brokenModel, brokenSeed } from "./broken-resource.ts";
import { compileFreshness } from "./compile-freshness.ts";
import { compileHooks } from "./compile-hooks.ts";
import { compileQueryComment } from "./compile-query-comment.ts";
import { compileRunHooks } from "./compile-run-hooks.ts";
import { askingEphemeral, type CompileContext, compileModel } from "./compile-model.ts";
import { compileTests, linkSingularTests, linkTests } from "./data-test/compile-tests.ts";
import { linkExposures } from "./exposure/declare-exposure.ts";
import { compileUnitTests } from "./unit-test/compile-unit-tests.ts";
import { type LinkedProject, linkProject } from "./link-project.ts";
import type { Span } from "../domain/source-file.ts";
import type { RenderContext } from "./render-resource.ts";
import { type ParsedProject, parseProject } from "./parse-project.ts";
import { type Operate, operations } from "./run-operation.ts";
import { templateGraph } from "./template-graph.ts";
import { startCatalog } from "./project-catalog.ts";
import type { ParsedSettings } from "./project/parse-settings.ts";
import type { ProjectFiles } from "./project/project-files.ts";
import type { LinkedModel } from "./link-models.ts";
import type { Translate } from "./translation.ts";

type Report = (diagnostic: Diagnostic) => void;

/** An enabled model that was not compiled: for what is wrong with itself, or because it reads models that were not. */
export interface UncompiledModel {
  readonly uniqueId: string;
  readonly reasons: readonly Diagnostic[];
  /** Unique ids. */
  readonly waitsFor: readonly string[];
}

/** What came of compiling: the project as far as it has no fault, all that has to be told, and what `log()` said. */
export interface Compilation {
  readonly project: CompiledProject;
  readonly uncompiled: readonly UncompiledModel[];
  readonly diagnostics: readonly Diagnostic[];
  readonly messages: readonly Message[];
  readonly operate: Operate;
}

/** Tells each fault once: one config of the project file is a fault of all the models that it applies to. */
function reportOnce(diagnostics: Diagnostic[]): Report {
  const told = new Set<string>();
  return (diagnostic) => {
    const { code, message, span } = diagnostic;
    const key = JSON.stringify([code, message, span?.file.path, span?.start, span?.end]);
    if (!told.has(key)) diagnostics.push(diagnostic);
    told.add(key);
  };
}

/** What grows while a project is compiled: what is known of the resources that later ones read. */
interface Progress extends CompileContext {
  readonly ephemeral: Map<string, EphemeralModel>;
  readonly asking: {
    readonly relations: Set<string>;
    readonly ephemeral: Map<string, ReturnType<typeof askingEphemeral>>;
  };
  /** The ids of the resources that are there to be read: what reads another one is not compiled, for that has a fault. */
  readonly sound: Set<string>;
  readonly add: (resource: CompiledModel) => void;
}

interface CompiledModels {
  readonly models: readonly CompiledModel[];
  readonly uncompiled: readonly UncompiledModel[];
  readonly broken: readonly BrokenResource[];
  readonly messages: readonly Message[];
}

/** Whether what reads a model that has a fault can be compiled all the same: as in dbt, where nothing is known of what it gives. */
function isReadable({ dialect, materialization }: LinkedModel, { settings }: Progress): boolean {
  return settings.dialect === "duckdb" && dialect === "duckdb" && materialization.kind !== "ephemeral";
}

function compileModels(models: readonly LinkedModel[], progress: Progress, report: Report): CompiledModels {
  const compiled: CompiledModel[] = [];
  const uncompiled: UncompiledModel[] = [];
  const broken: BrokenResource[] = [];
  const messages: Message[] = [];
  for (const model of models) {
    const { uniqueId } = model;
    const waitsFor = model.dependencies.map((each) => each.uniqueId).filter((id) => !progress.sound.has(id));
    if (waitsFor.length > 0) {
      uncompiled.push({ uniqueId, reasons: [], waitsFor });
      broken.push(brokenModel(model, { reasons: [], waitsFor }));
      if (isReadable(model, progress)) progress.sound.add(uniqueId);
      continue;
    }
    const result = compileModel(model, progress);
    if (!result.ok) {
      result.diagnostics.forEach(report);
      uncompiled.push({ uniqueId, reasons: result.diagnostics, waitsFor });
      broken.push(brokenModel(model, { reasons: result.diagnostics, waitsFor }));
      if (isReadable(model, progress)) progress.sound.add(uniqueId);
      continue;
    }
    result.value.warnings.forEach(report);
    messages.push(...result.value.messages);
    compiled.push(result.value.model);
    progress.sound.add(uniqueId);
    const isAsking = result.value.model.asks?.modes.includes("full") === true;
    if (model.materialization.kind === "ephemeral") {
      if (isAsking) progress.asking.ephemeral.set(uniqueId, askingEphemeral(model));
      else progress.ephemeral.set(uniqueId, result.value.ephemeral);
    } else {
      if (isAsking) progress.asking.relations.add(relationKey(model.relation));
      progress.add(result.value.model);
    }
  }
  return { models: compiled, uncompiled, broken, messages };
}

/** The models whose own files kept them from being linked. */
function unlinked(
  { models, faulty }: ParsedProject,
  linked: LinkedProject,
  diagnostics: readonly Diagnostic[],
): readonly UncompiledModel[] {
  const isLinked = new Set(linked.models.map(({ uniqueId }) => uniqueId));
  const enabled = models.filter(({ isEnabled, uniqueId }) => isEnabled && !isLinked.has(uniqueId));
  return [...enabled, ...faulty].map(({ uniqueId, span: place }) => ({
    uniqueId,
    reasons: diagnostics.filter(({ span }) => span?.file.path === place.file.path),
    waitsFor: [],
  }));
}

/** The seeds with their hooks, without their rows where a call reads none. A seed comes before all else: it can refer to nothing. */
function compileSeeds({ seeds }: ParsedProject, context: RenderContext, report: Report): readonly Seed[] {
  const read = context.inputs.reading?.rows === "none" ? { rows: [], lines: [] } : {};
  return seeds.flatMap(({ seed, hooks }) => {
    if (seed === undefined) return [];
    const { relation, dialect, config } = seed;
    const refused = ({ span }: { readonly span: Span }): Checked<never> =>
      failed(error("hook", `Seeds cannot depend on other nodes: a hook of "${seed.name}" refers to one.`, { span }));
    const compiled = compileHooks(
      hooks,
      { subject: { resource: seed, relation, dialect, config }, mode: "full" },
      { ...context, names: { ...context.names, model: refused, source: refused } },
    );
    if (compiled.ok) return [{ ...seed, ...read, hooks: compiled.value.hooks }];
    compiled.diagnostics.forEach(report);
    return [seed];
  });
}

/** The hooks of the packages, by their names, and then those of the project, as in dbt. */
function compileAllRunHooks(
  { runHooks, packages }: ParsedSettings,
  context: RenderContext,
  report: Report,
): readonly RunHook[] {
  const names = [...(packages?.keys() ?? [])].sort();
  const ofPackages = names.flatMap((name) => {
    const texts = packages?.get(name)?.runHooks;
    const settings = { ...context.settings, name };
    return texts === undefined ? [] : compileRunHooks(texts, { ...context, settings }, report);
  });
  return [...ofPackages, ...compileRunHooks(runHooks, context, report)];
}

/** Parses, links, renders and translates a project: the whole pipeline (DESIGN §3). Faults in one place do not hide those in another. */
export function compileProject(
  files: ProjectFiles,
  {
    parsed: head,
    inputs,
    translate,
  }: { readonly parsed: ParsedSettings; readonly inputs: Inputs; readonly translate: Translate },
): Compilation {
  const diagnostics: Diagnostic[] = [];
  const report = reportOnce(diagnostics);
  const parsed = parseProject(files, { parsed: head, inputs }, report);
  const { settings, macros } = parsed;
  const linked = linkProject(parsed, report);
  const singular = linkSingularTests(parsed, linked.names, report);
  const linkedTests = { generic: linkTests(parsed, inputs, report), singular: singular.linked };
  const sources = parsed.sources.filter(({ isEnabled }) => isEnabled).map(({ source }) => source);
  const seeds = compileSeeds(parsed, { settings, inputs, macros: macros.macros, names: linked.names }, report);
  const catalog = startCatalog();
  const add = (resource: Parameters<typeof catalog.add>[0]): void => {
    catalog.add(resource);
    const elsewhere = inputs.reading?.deferred[resource.uniqueId];
    if (elsewhere !== undefined) catalog.add({ ...resource, relation: elsewhere });
  };
  [...sources, ...seeds].forEach(add);
  const graph = templateGraph({ ...parsed, linked, ...linkedTests });
  const progress: Progress = {
    settings,
    inputs,
    graph,
    docs: parsed.docs,
    macros: macros.macros,
    names: linked.names,
    catalog,
    translate,
    ephemeral: new Map(),
    asking: { relations: new Set(), ephemeral: new Map() },
    sound: new Set([...sources, ...seeds].map(({ uniqueId }) => uniqueId)),
    add,
  };
  const runHooks = compileAllRunHooks(head, progress, report);
  const brokenSeeds = parsed.seeds.flatMap((seed) =>
    seed.isEnabled && seed.seed === undefined ? brokenSeed(seed) : [],
  );
  if (settings.dialect === "duckdb") for (const { uniqueId } of brokenSeeds) progress.sound.add(uniqueId);
  const { models, uncompiled, messages, broken } = compileModels(linked.models, progress, report);
  const linking = { ...linked, report };
  const analyses = compileAnalyses(parsed.analyses, progress, linking);
  const exposures = linkExposures(parsed.exposures, linking);
  const known = new Set([...brokenSeeds, ...broken].map(({ uniqueId }) => uniqueId));
  const { tests, disabled, brokenTests, ...said } = compileTests(linkedTests, { progress, known }, report);
  const unitTests = compileUnitTests(parsed, { linked: linked.models, progress }, report);
  const off = [
    ...parsed.models.filter(({ isEnabled }) => !isEnabled).map(({ uniqueId }) => uniqueId),
    ...parsed.seeds.filter(({ isEnabled }) => !isEnabled).map(({ uniqueId }) => uniqueId),
    ...parsed.sources.filter(({ isEnabled }) => !isEnabled).map(({ source }) => source.uniqueId),
    ...disabled,
    ...singular.disabled,
    ...unitTests.disabled,
  ];
  const project: CompiledProject = {
    ...{ settings, sources, seeds, models, tests, unitTests: unitTests.compiled, analyses, exposures, runHooks },
    broken: [...brokenSeeds, ...broken, ...brokenTests],
    groups: parsed.groups,
    docs: parsed.docs,
    selectors: parsed.selectors,
    macros: macros.resources,
    freshness: sources.flatMap((source) => compileFreshness(source, progress) ?? []),
    commentOf: compileQueryComment(head.queryComment, progress, report),
    disabled: off,
  };
  return {
    project,
    uncompiled: [...unlinked(parsed, linked, diagnostics), ...uncompiled],
    diagnostics,
    messages: [...messages, ...said.messages],
    operate: operations(progress),
  };
}
