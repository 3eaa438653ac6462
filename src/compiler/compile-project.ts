import type { CompiledProject } from "../domain/compiled-project.ts";
import { type Checked, type Diagnostic, error, failed, warning } from "../domain/diagnostic.ts";
import type { CompiledModel, CompiledTest, Seed } from "../domain/model.ts";
import type { Inputs } from "../domain/settings.ts";
import type { EphemeralModel } from "./collect-ephemeral.ts";
import { compileHooks } from "./compile-hooks.ts";
import { compileRunHooks } from "./compile-run-hooks.ts";
import { type CompileContext, compileModel } from "./compile-model.ts";
import { attachTests } from "./generic-test/attach-tests.ts";
import { compileTest, isOff } from "./generic-test/compile-test.ts";
import { linkTest, type LinkedTest } from "./generic-test/link-test.ts";
import type { NameTable } from "./graph/name-table.ts";
import { compileSingularTest, type LinkedSingularTest } from "./singular-test/compile-singular-test.ts";
import { type LinkedProject, linkProject } from "./link-project.ts";
import type { Span } from "../domain/source-file.ts";
import type { RenderContext } from "./render-resource.ts";
import { type ParsedProject, parseProject } from "./parse-project.ts";
import { startCatalog } from "./project-catalog.ts";
import type { ParsedSettings } from "./project/parse-settings.ts";
import type { ProjectFiles } from "./project/project-files.ts";
import { unusedConfigPaths } from "./project/resolve-config.ts";
import { type LinkedModel, linkReferences } from "./link-models.ts";
import { settingsEnvironment } from "./template/context/yaml-environment.ts";
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
  readonly messages: readonly string[];
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
  /** The ids of the resources that are there to be read: what reads another one is not compiled, for that has a fault. */
  readonly sound: Set<string>;
  readonly add: (resource: CompiledModel) => void;
}

interface CompiledModels {
  readonly models: readonly CompiledModel[];
  readonly uncompiled: readonly UncompiledModel[];
  readonly messages: readonly string[];
}

function compileModels(models: readonly LinkedModel[], progress: Progress, report: Report): CompiledModels {
  const compiled: CompiledModel[] = [];
  const uncompiled: UncompiledModel[] = [];
  const messages: string[] = [];
  for (const model of models) {
    const { uniqueId } = model;
    const waitsFor = model.dependencies.map((each) => each.uniqueId).filter((id) => !progress.sound.has(id));
    if (waitsFor.length > 0) {
      uncompiled.push({ uniqueId, reasons: [], waitsFor });
      continue;
    }
    const result = compileModel(model, progress);
    if (!result.ok) {
      result.diagnostics.forEach(report);
      uncompiled.push({ uniqueId, reasons: result.diagnostics, waitsFor });
      continue;
    }
    result.value.warnings.forEach(report);
    messages.push(...result.value.messages);
    compiled.push(result.value.model);
    progress.sound.add(uniqueId);
    if (model.materialization.kind === "ephemeral") progress.ephemeral.set(uniqueId, result.value.ephemeral);
    else progress.add(result.value.model);
  }
  return { models: compiled, uncompiled, messages };
}

/** The models whose own files kept them from being linked. */
function unlinked(
  { models, faulty }: ParsedProject,
  linked: LinkedProject,
  diagnostics: readonly Diagnostic[],
): readonly UncompiledModel[] {
  const isLinked = new Set(linked.models.map(({ uniqueId }) => uniqueId));
  const enabled = models.filter(({ isEnabled, uniqueId }) => isEnabled && !isLinked.has(uniqueId));
  return [...enabled, ...faulty].map(({ uniqueId, path }) => ({
    uniqueId,
    reasons: diagnostics.filter(({ span }) => span?.file.path === path),
    waitsFor: [],
  }));
}

/** Singular tests whose references all lead somewhere; one that reads what is switched off is off itself, as in dbt. */
function linkSingularTests(
  { singularTests }: ParsedProject,
  names: NameTable,
  report: Report,
): { readonly linked: readonly LinkedSingularTest[]; readonly disabled: readonly string[] } {
  const linked: LinkedSingularTest[] = [];
  const disabled: string[] = [];
  for (const test of singularTests) {
    const faults: Diagnostic[] = [];
    const { dependencies, isSound } = test.isEnabled
      ? linkReferences([test.recording], names, (diagnostic) => faults.push(diagnostic))
      : { dependencies: [], isSound: false };
    if (isSound) linked.push({ ...test, dependencies });
    else if (faults.every(isOff)) disabled.push(test.uniqueId);
    else faults.forEach(report);
  }
  return { linked, disabled };
}

function linkTests(parsed: ParsedProject, inputs: Inputs, report: Report): readonly LinkedTest[] {
  const { settings, configs, macros } = parsed;
  const context = {
    settings,
    definitions: macros.tests,
    configs: configs.test,
    environment: settingsEnvironment(settings, inputs),
    report,
  };
  const linked = new Map<string, LinkedTest>();
  const all = attachTests(parsed);
  for (const attached of all) {
    const test = linkTest(attached, context);
    if (test === undefined) continue;
    const { uniqueId, name } = test.resource;
    const twin = linked.get(uniqueId);
    if (twin === undefined) linked.set(uniqueId, test);
    else {
      const related = [{ message: "It is declared here already.", span: twin.declaration.span }];
      const { span } = test.declaration;
      report(error("duplicate-test", `The test "${name}" is declared twice.`, { span, related }));
    }
  }
  const tests = [...linked.values()];
  if (all.length === tests.length)
    unusedConfigPaths(
      configs.test,
      [...tests.map(({ resource }) => resource), ...parsed.singularTests].map(({ fqn }) => fqn),
    ).forEach(report);
  return tests;
}

/** The seeds with their hooks. A seed comes before all else: it can refer to nothing. */
function compileSeeds({ seeds }: ParsedProject, context: RenderContext, report: Report): readonly Seed[] {
  return seeds.flatMap(({ seed, hooks }) => {
    if (seed === undefined) return [];
    const { relation, dialect, config } = seed;
    const refused = ({ span }: { readonly span: Span }): Checked<never> =>
      failed(error("hook", `A hook of the seed "${seed.name}" cannot refer to another resource.`, { span }));
    const compiled = compileHooks(
      hooks,
      { subject: { resource: seed, relation, dialect, config }, mode: "full" },
      { ...context, names: { ...context.names, model: refused, source: refused } },
    );
    if (compiled.ok) return [{ ...seed, hooks: compiled.value }];
    compiled.diagnostics.forEach(report);
    return [seed];
  });
}

interface CompiledTests {
  readonly tests: readonly CompiledTest[];
  readonly disabled: readonly string[];
}

interface LinkedTests {
  readonly generic: readonly LinkedTest[];
  readonly singular: readonly LinkedSingularTest[];
}

function compileTests({ generic, singular }: LinkedTests, progress: Progress, report: Report): CompiledTests {
  const compiled: CompiledTest[] = [];
  const disabled: string[] = [];
  for (const test of generic) {
    const outcome = compileTest(test, progress.sound, progress);
    if (!outcome.ok) outcome.diagnostics.forEach(report);
    else if (outcome.value.kind === "compiled") compiled.push(outcome.value.test);
    else if (outcome.value.kind === "disabled") disabled.push(test.resource.uniqueId);
  }
  for (const test of singular) {
    if (!test.dependencies.every(({ uniqueId }) => progress.sound.has(uniqueId))) continue;
    const outcome = compileSingularTest(test, progress);
    if (outcome.ok) compiled.push(outcome.value);
    else outcome.diagnostics.forEach(report);
  }
  return { tests: compiled, disabled };
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
  for (const file of files.unread)
    report(
      warning("unread-file", "tsdbt does not know snapshots yet; this file is passed over.", {
        span: { file, start: 0, end: 0 },
      }),
    );
  const linked = linkProject(parsed, report);
  const singular = linkSingularTests(parsed, linked.names, report);
  const linkedTests = { generic: linkTests(parsed, inputs, report), singular: singular.linked };
  const sources = parsed.sources.filter(({ isEnabled }) => isEnabled).map(({ source }) => source);
  const seeds = compileSeeds(parsed, { settings, inputs, macros: macros.macros, names: linked.names }, report);
  const catalog = startCatalog();
  [...sources, ...seeds].forEach(catalog.add);
  const progress: Progress = {
    settings,
    inputs,
    macros: macros.macros,
    names: linked.names,
    catalog,
    translate,
    ephemeral: new Map(),
    sound: new Set([...sources, ...seeds].map(({ uniqueId }) => uniqueId)),
    add: catalog.add,
  };
  const runHooks = compileRunHooks(head.runHooks, progress, report);
  const { models, uncompiled, messages } = compileModels(linked.models, progress, report);
  const { tests, disabled } = compileTests(linkedTests, progress, report);
  const off = [
    ...parsed.models.filter(({ isEnabled }) => !isEnabled).map(({ uniqueId }) => uniqueId),
    ...parsed.seeds.filter(({ isEnabled }) => !isEnabled).map(({ uniqueId }) => uniqueId),
    ...parsed.sources.filter(({ isEnabled }) => !isEnabled).map(({ source }) => source.uniqueId),
    ...disabled,
    ...singular.disabled,
  ];
  const project = { settings, sources, seeds, models, tests, macros: macros.resources, runHooks, disabled: off };
  return { project, uncompiled: [...unlinked(parsed, linked, diagnostics), ...uncompiled], diagnostics, messages };
}
