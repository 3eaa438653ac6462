import { error, type Diagnostic, warning } from "../domain/diagnostic.ts";
import type { DocBlock, Group } from "../domain/exposure.ts";
import type { Inputs, Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { type ParsedAnalysis, parseAnalysis } from "./analysis/parse-analysis.ts";
import { declareExposure, type DeclaredExposure } from "./exposure/declare-exposure.ts";
import { nameRelation } from "./name-relation.ts";
import { didYouMean } from "./nearest-name.ts";
import { modelFile, type ModelFile, type ParsedModel, parseModel } from "./parse-model.ts";
import { parseSnapshots } from "./parse-snapshots.ts";
import { checkGroups, declareGroups } from "./project/declare-groups.ts";
import { type DeclaredSeed, declareSeed } from "./project/declare-seed.ts";
import { type DeclaredSource, declareSources } from "./project/declare-sources.ts";
import type { GroupDeclaration } from "./project/exposure-declaration.ts";
import { parseProperties, type Properties, type PropertiesDeclaration } from "./project/parse-properties.ts";
import { readYaml } from "./project/parse-yaml.ts";
import type { ConfigBlocks } from "./project/project-file.ts";
import type { ProjectFiles, ResourceFile } from "./project/project-files.ts";
import { rehomeProperties } from "./project/rehome-properties.ts";
import { renderYaml } from "./project/render-yaml.ts";
import { fileResource, pathInPackage } from "./project/resource-properties.ts";
import type { UnitTestDeclaration } from "./project/unit-test-declaration.ts";
import { type ParsedSingularTest, parseSingularTest } from "./singular-test/parse-singular-test.ts";
import type { ProjectMacros } from "./template/context/project-macros.ts";
import { settingsEnvironment } from "./template/context/yaml-environment.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The file of a model that has a fault, and what is said of it. */
export interface FaultyModel extends ModelFile {
  readonly described: PropertiesDeclaration | undefined;
}

/** A unit test as a package declares it, with the package's files of rows. */
export interface DeclaredUnitTest {
  readonly declaration: UnitTestDeclaration;
  readonly packageName: string;
  readonly path: string;
  readonly fixtures: readonly ResourceFile[];
}

/** What the files of one package say, the project's own or an installed one's. */
export interface ParsedPart {
  readonly sources: readonly DeclaredSource[];
  readonly seeds: readonly DeclaredSeed[];
  readonly models: readonly ParsedModel[];
  readonly singularTests: readonly ParsedSingularTest[];
  readonly analyses: readonly ParsedAnalysis[];
  readonly exposures: readonly DeclaredExposure[];
  readonly groups: readonly Group[];
  readonly unitTests: readonly DeclaredUnitTest[];
  /** The models whose files have a fault: what reads them is not told that they are missing. */
  readonly faulty: readonly FaultyModel[];
  /** Whether a property file could not be read, so that more may be said than is known. */
  readonly isIncomplete: boolean;
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

/** What a part is parsed with: the settings of its own package, and what all parts share. */
export interface PartContext {
  readonly settings: Settings;
  readonly configs: ConfigBlocks;
  /** What the project says of the resources of a package. */
  readonly overrides: ConfigBlocks | undefined;
  readonly inputs: Inputs;
  readonly macros: ProjectMacros;
  /** Those of all packages. */
  readonly docs: readonly DocBlock[];
  readonly report: Report;
}

function readProperties(
  files: readonly SourceFile[],
  { settings, inputs, docs, report }: PartContext,
): Properties & Pick<ParsedPart, "isIncomplete"> {
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

function groupOf({ name, description, owner }: GroupDeclaration, settings: Settings): Group {
  const { name: packageName } = settings;
  const path = pathInPackage(name.span.file.path, packageName, settings);
  return { uniqueId: `group.${packageName}.${name.value}`, name: name.value, packageName, path, description, owner };
}

/** Parses the files of one package. Every fault is reported; what has none is there. */
export function parsePart(files: ProjectFiles, part: PartContext): ParsedPart {
  const { settings, configs, overrides, report } = part;
  const stems = { models: files.models.map(stemOf), seeds: files.seeds.map(stemOf) };
  const properties = rehomeProperties(readProperties(files.properties, part), stems, report);
  const described = {
    models: describe(properties.models, "model", report),
    seeds: describe(properties.seeds, "seed", report),
    tests: describe(properties.tests, "test", report),
    analyses: describe(properties.analyses, "analysis", report),
    snapshots: describe(properties.snapshots, "snapshot", report),
  };
  const { inputs, macros } = part;
  const contextOf = (type: keyof ConfigBlocks, of: ReadonlyMap<string, PropertiesDeclaration>) => ({
    ...{ settings, inputs, macros, report },
    configs: configs[type],
    overrides: overrides?.[type],
    properties: of,
  });
  const models: ParsedModel[] = [];
  const faulty: FaultyModel[] = [];
  const ofModels = contextOf("model", described.models);
  for (const source of files.models) {
    // An empty file is no model, as in dbt, and nobody's mistake.
    if (source.file.text.trim() === "") continue;
    const model = parseModel(source, ofModels);
    if (model !== undefined) {
      models.push(model);
      continue;
    }
    const file = modelFile(source, settings);
    faulty.push({ ...file, described: described.models.get(file.name) });
  }
  const taken = parseSnapshots(files.snapshots, contextOf("snapshot", described.snapshots));
  const seeds = files.seeds.map((file) => {
    const context = contextOf("seed", described.seeds);
    return declareSeed(file, {
      ...context,
      nameRelation: (resource, config) => nameRelation(resource, config, context),
    });
  });
  const ofTests = contextOf("test", described.tests);
  const ofAnalyses = contextOf("analysis", described.analyses);
  const ofExposures = contextOf("exposure", new Map());
  const groups = declareGroups(properties.groups, report);
  checkGroups(models, groups, report);
  const ofTest = { type: "test", settings, extension: ".sql" };
  const names = {
    models: stems.models,
    analyses: files.analyses.map(stemOf),
    seeds: seeds.map(({ name }) => name),
    tests: files.tests.map((file) => fileResource(file, ofTest).name),
  };
  tellUnknown(described.models, { what: "model", names: names.models }, report);
  tellUnknown(described.analyses, { what: "analysis", names: names.analyses }, report);
  tellUnknown(described.seeds, { what: "seed", names: names.seeds }, report);
  tellUnknown(described.tests, { what: "singular test", names: names.tests }, report);
  tellUnknown(described.snapshots, { what: "snapshot", names: taken.names }, report);
  return {
    sources: declareSources(properties.sources, contextOf("source", new Map())),
    seeds,
    models: [...models, ...taken.snapshots],
    singularTests: files.tests.flatMap((file) => parseSingularTest(file, ofTests) ?? []),
    analyses: files.analyses.flatMap((file) => parseAnalysis(file, ofAnalyses) ?? []),
    exposures: properties.exposures.map((exposure) => declareExposure(exposure, ofExposures)),
    groups: groups.map((group) => groupOf(group, settings)),
    unitTests: properties.unitTests.map((declaration) => ({
      declaration,
      packageName: settings.name,
      path: pathInPackage(declaration.name.span.file.path, settings.name, settings),
      fixtures: files.fixtures,
    })),
    faulty,
    isIncomplete: properties.isIncomplete,
  };
}
