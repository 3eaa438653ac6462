import { type Diagnostic, error, warning } from "../domain/diagnostic.ts";
import type { SelectorTexts } from "../domain/selection-terms.ts";
import type { ProjectHead } from "../domain/project-head.ts";
import type { Inputs, Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import type { DocBlock } from "../domain/exposure.ts";
import { type ParsedAnalysis, parseAnalysis } from "./analysis/parse-analysis.ts";
import { declareExposure, type DeclaredExposure } from "./exposure/declare-exposure.ts";
import { didYouMean } from "./nearest-name.ts";
import { type ParsedSingularTest, parseSingularTest } from "./singular-test/parse-singular-test.ts";
import { type ParsedMacros, parseAllMacros } from "./parse-macros.ts";
import { parseSelectors } from "./graph/select/parse-selectors.ts";
import { nameRelation } from "./name-relation.ts";
import { modelFile, type ModelFile, type ParsedModel, parseModel } from "./parse-model.ts";
import { type DeclaredSeed, declareSeed } from "./project/declare-seed.ts";
import { type DeclaredSource, declareSources } from "./project/declare-sources.ts";
import { checkGroups, declareGroups } from "./project/declare-groups.ts";
import type { GroupDeclaration } from "./project/exposure-declaration.ts";
import type { TargetPlace } from "./project/find-target.ts";
import { parseDocs } from "./project/parse-docs.ts";
import { parseSnapshots } from "./parse-snapshots.ts";
import { parseProperties, type Properties, type PropertiesDeclaration } from "./project/parse-properties.ts";
import { type ParsedSettings, parseSettings } from "./project/parse-settings.ts";
import { parseYaml, type YamlNode } from "./project/parse-yaml.ts";
import type { ProjectFiles, ResourceFile } from "./project/project-files.ts";
import type { UnitTestDeclaration } from "./project/unit-test-declaration.ts";
import { renderYaml } from "./project/render-yaml.ts";
import { fileResource } from "./project/resource-properties.ts";
import { unusedConfigPaths } from "./project/resolve-config.ts";
import { settingsEnvironment } from "./template/context/yaml-environment.ts";

type Report = (diagnostic: Diagnostic) => void;

/** What property files say of resources, by their names. */
export interface DescribedResources {
  readonly models: ReadonlyMap<string, PropertiesDeclaration>;
  readonly seeds: ReadonlyMap<string, PropertiesDeclaration>;
  readonly snapshots: ReadonlyMap<string, PropertiesDeclaration>;
  readonly tests: ReadonlyMap<string, PropertiesDeclaration>;
  readonly analyses: ReadonlyMap<string, PropertiesDeclaration>;
  /** Whether a property file could not be read, so that more may be said than is known. */
  readonly isIncomplete: boolean;
}

/** All that the files of a project say, before anything in them leads anywhere. What is switched off is there too. */
export interface ParsedProject extends Pick<ParsedSettings, "settings" | "configs"> {
  readonly sources: readonly DeclaredSource[];
  readonly seeds: readonly DeclaredSeed[];
  readonly models: readonly ParsedModel[];
  readonly singularTests: readonly ParsedSingularTest[];
  readonly analyses: readonly ParsedAnalysis[];
  readonly exposures: readonly DeclaredExposure[];
  readonly groups: readonly GroupDeclaration[];
  readonly docs: readonly DocBlock[];
  readonly unitTests: readonly UnitTestDeclaration[];
  readonly fixtures: readonly ResourceFile[];
  readonly selectors: readonly SelectorTexts[];
  /** The models whose files have a fault: what reads them is not told that they are missing. */
  readonly faulty: readonly ModelFile[];
  readonly described: DescribedResources;
  readonly macros: ParsedMacros;
}

function readYaml(file: SourceFile, report: Report): YamlNode | undefined {
  const parsed = parseYaml(file);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
}

function targetPlace(head: ProjectHead, report: Report): TargetPlace | undefined {
  if (head.kind === "own") return { kind: "own" };
  const { profiles, profilesFolders: folders } = head;
  const root = profiles === undefined ? undefined : readYaml(profiles, report);
  return profiles !== undefined && root === undefined ? undefined : { kind: "profiles", root, folders };
}

/** The settings that the project file gives, its templates rendered with what comes from outside. */
export function parseProjectHead(head: ProjectHead, inputs: Inputs, report: Report): ParsedSettings | undefined {
  const root = readYaml(head.project, report);
  const targets = targetPlace(head, report);
  if (root === undefined || targets === undefined) return undefined;
  const parsed = parseSettings({ root, targets }, inputs, report);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
}

/** What is rendered where it is used: tests when they are compiled, hooks when they run. */
const keptKeys: ReadonlySet<string> = new Set(["tests", "data_tests"]);
const keptConfigs: ReadonlySet<string> = new Set(["pre-hook", "post-hook", "pre_hook", "post_hook"]);

function isKept(key: string, above: readonly string[]): boolean {
  const isData = above.some((each) => each === "meta" || each === "config");
  // At the root of a file they describe singular tests.
  if (above.length === 0) return false;
  return isData ? keptConfigs.has(key) : keptKeys.has(key);
}

function describe(
  declarations: readonly PropertiesDeclaration[],
  what: string,
  report: Report,
): ReadonlyMap<string, PropertiesDeclaration> {
  const described = new Map<string, PropertiesDeclaration>();
  for (const declaration of declarations) {
    const { name, version } = declaration;
    const files = version?.files ?? [name.value];
    const twin = files.map((each) => described.get(each)).find((each) => each !== undefined);
    if (twin !== undefined) {
      const related = [{ message: "It is described here already.", span: twin.name.span }];
      report(
        error("duplicate-properties", `The ${what} "${name.value}" is described twice.`, { span: name.span, related }),
      );
    } else for (const each of files) described.set(each, declaration);
  }
  return described;
}

function tellUnknown(
  described: ReadonlyMap<string, PropertiesDeclaration>,
  { what, names }: { readonly what: string; readonly names: readonly string[] },
  report: Report,
): void {
  const known = new Set(names);
  for (const declaration of new Set(described.values())) {
    const files = declaration.version?.files ?? [declaration.name.value];
    const [first = ""] = files;
    if (!files.some((name) => known.has(name)))
      report(
        warning("unknown-resource", `There is no ${what} "${first}" to describe.`, {
          span: declaration.name.span,
          hint: didYouMean(first, names),
        }),
      );
  }
}

function readProperties(
  files: readonly SourceFile[],
  {
    settings,
    inputs,
    docs,
  }: { readonly settings: Settings; readonly inputs: Inputs; readonly docs: readonly DocBlock[] },
  report: Report,
): Properties & { readonly isIncomplete: boolean } {
  const environment = settingsEnvironment(settings, inputs, { docs });
  const roots = files.map((file) => readYaml(file, report));
  const read = roots.flatMap((root) =>
    root === undefined ? [] : [parseProperties(renderYaml(root, { environment, isKept, report }), report)],
  );
  return {
    analyses: read.flatMap(({ analyses }) => analyses),
    exposures: read.flatMap(({ exposures }) => exposures),
    groups: read.flatMap(({ groups }) => groups),
    models: read.flatMap(({ models }) => models),
    seeds: read.flatMap(({ seeds }) => seeds),
    snapshots: read.flatMap(({ snapshots }) => snapshots),
    tests: read.flatMap(({ tests }) => tests),
    unitTests: read.flatMap((each) => each.unitTests),
    sources: read.flatMap(({ sources }) => sources),
    isIncomplete: roots.includes(undefined),
  };
}

/** The name of a file below a resource folder, without its extension. */
function stemOf({ file, name }: ResourceFile): string {
  return name ?? file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.[^.]*$/u, "");
}

function tellUnused(
  { models, faulty, seeds, sources }: Pick<ParsedProject, "models" | "faulty" | "seeds" | "sources">,
  { configs }: ParsedSettings,
  report: Report,
): void {
  const fqns = (resources: readonly { readonly fqn: readonly string[] }[]): readonly (readonly string[])[] =>
    resources.map(({ fqn }) => fqn);
  unusedConfigPaths(configs.model, fqns([...models, ...faulty])).forEach(report);
  unusedConfigPaths(configs.seed, fqns(seeds)).forEach(report);
  unusedConfigPaths(configs.source, fqns(sources.map(({ source }) => source))).forEach(report);
}

/** Parses all files of a project. Every fault is reported; what has none is there. */
export function parseProject(
  files: ProjectFiles,
  { parsed, inputs }: { readonly parsed: ParsedSettings; readonly inputs: Inputs },
  report: Report,
): ParsedProject {
  const { settings, configs } = parsed;
  const docs = parseDocs(files.docs, settings.name, report);
  const properties = readProperties(files.properties, { settings, inputs, docs }, report);
  const { isIncomplete } = properties;
  const described = {
    models: describe(properties.models, "model", report),
    seeds: describe(properties.seeds, "seed", report),
    tests: describe(properties.tests, "test", report),
    analyses: describe(properties.analyses, "analysis", report),
    snapshots: describe(properties.snapshots, "snapshot", report),
    isIncomplete,
  };
  const selectorsRoot = files.selectors === undefined ? undefined : readYaml(files.selectors, report);
  const selectorsEnvironment = { environment: settingsEnvironment(settings, inputs), isKept: () => false, report };
  const selectors =
    selectorsRoot === undefined ? [] : parseSelectors(renderYaml(selectorsRoot, selectorsEnvironment), report);
  for (const { name, project, built } of files.packages ?? [])
    if (built.length > 0)
      report(
        warning(
          "unread-package",
          `tsdbt reads the macros of packages alone; what "${name}" would build is passed over.`,
          {
            span: { file: project, start: 0, end: 0 },
          },
        ),
      );
  const macros = parseAllMacros(files, { root: settings.name, searchOrders: parsed.searchOrders }, report);
  const context = { settings, inputs, macros: macros.macros, report };
  const models: ParsedModel[] = [];
  const faulty: ModelFile[] = [];
  for (const file of files.models) {
    const model = parseModel(file, { ...context, configs: configs.model, properties: described.models });
    if (model === undefined) faulty.push(modelFile(file, settings.name));
    else models.push(model);
  }
  const taken = parseSnapshots(files.snapshots, {
    ...context,
    configs: configs.snapshot,
    properties: described.snapshots,
  });
  const seeds = files.seeds.map((file) =>
    declareSeed(file, {
      ...context,
      configs: configs.seed,
      properties: described.seeds,
      nameRelation: (resource, config) => nameRelation(resource, config, context),
    }),
  );
  const singularTests = files.tests.flatMap(
    (file) => parseSingularTest(file, { ...context, configs: configs.test, properties: described.tests }) ?? [],
  );
  const analyses = files.analyses.flatMap(
    (file) => parseAnalysis(file, { ...context, configs: configs.analysis, properties: described.analyses }) ?? [],
  );
  const noProperties = { properties: new Map<string, PropertiesDeclaration>() };
  const exposures = properties.exposures.map((exposure) =>
    declareExposure(exposure, { ...context, ...noProperties, configs: configs.exposure }),
  );
  const groups = declareGroups(properties.groups, report);
  checkGroups(models, groups, report);
  const sources = declareSources(properties.sources, { settings, configs: configs.source, report });
  tellUnknown(described.models, { what: "model", names: files.models.map(stemOf) }, report);
  tellUnknown(described.analyses, { what: "analysis", names: files.analyses.map(stemOf) }, report);
  tellUnknown(described.seeds, { what: "seed", names: seeds.map(({ name }) => name) }, report);
  const ofTest = { type: "test", packageName: settings.name, extension: ".sql" };
  const testNames = files.tests.map((file) => fileResource(file, ofTest).name);
  tellUnknown(described.tests, { what: "singular test", names: testNames }, report);
  tellUnknown(described.snapshots, { what: "snapshot", names: taken.names }, report);
  if (!isIncomplete) tellUnused({ models, faulty, seeds, sources }, parsed, report);
  return {
    settings,
    configs,
    sources,
    seeds,
    models: [...models, ...taken.snapshots],
    singularTests,
    analyses,
    exposures,
    groups,
    docs,
    unitTests: properties.unitTests,
    fixtures: files.fixtures,
    selectors,
    faulty,
    described,
    macros,
  };
}
