import type { CompiledProject } from "../domain/compiled-project.ts";
import type { Diagnostic } from "../domain/diagnostic.ts";
import type { CompiledModel, CompiledTest, Seed } from "../domain/model.ts";
import type { Inputs } from "../domain/settings.ts";
import { type CompileContext, compileModel, type EphemeralModel } from "./compile-model.ts";
import { type AttachedTest, compileTest } from "./compile-test.ts";
import { checkNames } from "./graph/check-names.ts";
import { type NameTable, nameTable, type Referable } from "./graph/name-table.ts";
import { type LinkedModel, linkReferences, orderModels } from "./link-models.ts";
import { type ParsedProject, parseProject } from "./parse-project.ts";
import { startCatalog } from "./project-catalog.ts";
import type { ParsedSettings } from "./project/parse-settings.ts";
import type { ProjectFiles } from "./project/project-files.ts";
import { ephemeralName } from "./template/context/relation-value.ts";
import type { Translate } from "./translation.ts";

type Report = (diagnostic: Diagnostic) => void;

/** What came of compiling: the project as far as it has no fault, all that has to be told, and what `log()` said. */
export interface Compilation {
  readonly project: CompiledProject;
  readonly diagnostics: readonly Diagnostic[];
  readonly messages: readonly string[];
}

/** Enabled models with their references, and the ids of those that a fault, their own or of what they read, keeps from compiling. */
interface LinkedProject {
  readonly names: NameTable;
  readonly models: readonly LinkedModel[];
  readonly broken: Set<string>;
}

function referables({ settings, models, seeds, faulty }: ParsedProject): readonly Referable[] {
  const packageName = settings.name;
  const { database, schema } = settings.target;
  return [
    ...models.map((model) => ({ ...model, isEphemeral: model.materialization.kind === "ephemeral" })),
    ...seeds.map((seed) => ({
      ...seed,
      isEphemeral: false,
      isEnabled: true,
      span: { file: seed.file, start: 0, end: 0 },
    })),
    // A model whose file has a fault is known by name, so that its readers are not told that it is missing.
    ...[...faulty].map((name) => ({
      uniqueId: `model.${packageName}.${name}`,
      name,
      packageName,
      relation: { database, schema, identifier: name },
      isEphemeral: false,
      isEnabled: true,
      span: { file: { path: "", text: "" }, start: 0, end: 0 },
    })),
  ];
}

function linkProject(parsed: ParsedProject, report: Report): LinkedProject {
  const { models, seeds, sources, faulty, settings } = parsed;
  const names = nameTable(
    referables(parsed),
    sources.map(({ source }) => source),
  );
  const enabled = models.filter((model) => model.isEnabled);
  const twins = checkNames([
    ...enabled.map((model) => ({
      kind: "model",
      name: model.name,
      relation: model.materialization.kind === "ephemeral" ? undefined : model.relation,
      span: model.span,
    })),
    ...seeds.map(({ name, relation, file }) => ({ kind: "seed", name, relation, span: { file, start: 0, end: 0 } })),
  ]);
  twins.forEach(report);
  const broken = new Set([...faulty].map((name) => `model.${settings.name}.${name}`));
  const linked = new Map<string, LinkedModel>();
  for (const model of enabled) {
    const dependencies = linkReferences(model.recordings, names, (diagnostic) => {
      broken.add(model.uniqueId);
      report(diagnostic);
    });
    if (!linked.has(model.uniqueId)) linked.set(model.uniqueId, { ...model, dependencies });
  }
  const order = orderModels([...linked.values()]);
  if (order.ok) return { names, broken, models: order.ordered };
  report(order.cycle);
  return { names, broken: new Set([...broken, ...linked.keys()]), models: [] };
}

interface CompiledModels {
  readonly models: readonly CompiledModel[];
  readonly messages: readonly string[];
}

function compileModels(
  { models, broken }: LinkedProject,
  context: CompileContext & {
    readonly ephemeral: Map<string, EphemeralModel>;
    readonly add: (model: CompiledModel) => void;
  },
  report: Report,
): CompiledModels {
  const compiled: CompiledModel[] = [];
  const messages: string[] = [];
  for (const model of models) {
    if (broken.has(model.uniqueId)) continue;
    const isReady = model.dependencies.every(({ uniqueId }) => !broken.has(uniqueId));
    const result = isReady ? compileModel(model, context) : undefined;
    if (result?.ok !== true) {
      broken.add(model.uniqueId);
      result?.diagnostics.forEach(report);
      continue;
    }
    result.value.warnings.forEach(report);
    messages.push(...result.value.messages);
    compiled.push(result.value.model);
    if (model.materialization.kind === "ephemeral") context.ephemeral.set(model.uniqueId, result.value.ephemeral);
    else context.add(result.value.model);
  }
  return { models: compiled, messages };
}

function attachedTests(parsed: ParsedProject, models: readonly CompiledModel[]): readonly AttachedTest[] {
  const { sources, seeds, properties, settings } = parsed;
  const ofModels = models.map((model) => ({
    attached: {
      uniqueId: model.uniqueId,
      type: "model" as const,
      name: [model.name],
      relation: model.relation,
      ephemeral: model.materialization.kind === "ephemeral" ? ephemeralName(model.relation.identifier) : undefined,
    },
    dialect: model.dialect,
    declared: properties.models.get(model.name)?.declaration,
  }));
  const ofSeeds = seeds.map(({ uniqueId, name, relation }) => ({
    attached: { uniqueId, type: "seed" as const, name: [name], relation, ephemeral: undefined },
    dialect: settings.dialect,
    declared: properties.seeds.get(name)?.declaration,
  }));
  const ofSources = sources.map(({ source, declaration }) => ({
    attached: {
      uniqueId: source.uniqueId,
      type: "source" as const,
      name: [source.sourceName, source.name],
      relation: source.relation,
      ephemeral: undefined,
    },
    dialect: settings.dialect,
    declared: declaration,
  }));
  return [...ofSources, ...ofSeeds, ...ofModels].flatMap(({ attached, dialect, declared }) => {
    const declarations = [...(declared?.tests ?? []), ...(declared?.columns.flatMap(({ tests }) => tests) ?? [])];
    return declarations.map((declaration) => ({ declaration, attached, dialect }));
  });
}

function compileTests(
  parsed: ParsedProject,
  {
    tests,
    broken,
    context,
  }: {
    readonly tests: readonly AttachedTest[];
    readonly broken: ReadonlySet<string>;
    readonly context: CompileContext;
  },
  report: Report,
): readonly CompiledTest[] {
  const compiled = new Map<string, CompiledTest>();
  for (const test of tests) {
    const result = compileTest(test, { definitions: parsed.macros.tests, broken }, context);
    if (!result.ok) result.diagnostics.forEach(report);
    else if (result.value !== undefined && !compiled.has(result.value.uniqueId))
      compiled.set(result.value.uniqueId, result.value);
  }
  return [...compiled.values()];
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
  const report: Report = (diagnostic) => {
    diagnostics.push(diagnostic);
  };
  const parsed = parseProject(files, { parsed: head, inputs }, report);
  const { settings } = parsed;
  const linked = linkProject(parsed, report);
  const catalog = startCatalog();
  const sources = parsed.sources.map(({ source }) => source);
  const seeds: readonly Seed[] = parsed.seeds;
  [...sources, ...seeds].forEach(catalog.add);
  const context = {
    settings,
    inputs,
    macros: parsed.macros.macros,
    names: linked.names,
    catalog,
    translate,
    ephemeral: new Map<string, EphemeralModel>(),
    add: catalog.add,
  };
  const { models, messages } = compileModels(linked, context, report);
  const tests = compileTests(parsed, { tests: attachedTests(parsed, models), broken: linked.broken, context }, report);
  const disabled = parsed.models.filter(({ isEnabled }) => !isEnabled).map(({ uniqueId }) => uniqueId);
  const project = { settings, sources, seeds, models, tests, macros: parsed.macros.resources, disabled };
  return { project, diagnostics, messages };
}
