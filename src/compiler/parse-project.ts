import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { Seed } from "../domain/model.ts";
import type { Inputs, Settings } from "../domain/settings.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { didYouMean } from "./nearest-name.ts";
import { type ParsedMacros, parseMacros } from "./parse-macros.ts";
import { type ParsedModel, parseModel } from "./parse-model.ts";
import { type DescribedResource, declareSeed } from "./project/declare-seed.ts";
import { type DeclaredSource, declareSources } from "./project/declare-sources.ts";
import { parseProperties, type Properties, type PropertiesDeclaration } from "./project/parse-properties.ts";
import { type ParsedSettings, parseSettings } from "./project/parse-settings.ts";
import { parseYaml, type YamlNode } from "./project/parse-yaml.ts";
import type { ProjectFiles } from "./project/project-files.ts";
import { renderYaml } from "./project/render-yaml.ts";
import { unusedConfigPaths } from "./project/resolve-config.ts";
import { inputEnvironment, settingsEnvironment } from "./template/context/yaml-environment.ts";

type Report = (diagnostic: Diagnostic) => void;

/** All that the files of a project say, before anything in them leads anywhere. Models with a fault are missing. */
export interface ParsedProject {
  readonly settings: Settings;
  readonly sources: readonly DeclaredSource[];
  readonly seeds: readonly Seed[];
  readonly models: readonly ParsedModel[];
  /** Names of the models whose files have a fault: what reads them is not told that they are missing. */
  readonly faulty: ReadonlySet<string>;
  readonly properties: {
    readonly models: ReadonlyMap<string, DescribedResource>;
    readonly seeds: ReadonlyMap<string, DescribedResource>;
  };
  readonly macros: ParsedMacros;
}

function readYaml(file: SourceFile, report: Report): YamlNode | undefined {
  const parsed = parseYaml(file);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
}

/** The settings that the project file gives, its templates rendered with what comes from outside. */
export function parseProjectFile(file: SourceFile, inputs: Inputs, report: Report): ParsedSettings | undefined {
  const root = readYaml(file, report);
  if (root === undefined) return undefined;
  const parsed = parseSettings(renderYaml(root, inputEnvironment(inputs), report), inputs, report);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
}

function describe(
  declarations: readonly PropertiesDeclaration[],
  report: Report,
): ReadonlyMap<string, DescribedResource> {
  const described = new Map<string, DescribedResource>();
  for (const declaration of declarations) {
    const { name } = declaration;
    const twin = described.get(name.value);
    if (twin !== undefined) {
      const related = [{ message: "It is described here already.", span: twin.declaration.name.span }];
      report(error("duplicate-properties", `"${name.value}" is described twice.`, { span: name.span, related }));
    } else described.set(name.value, { declaration, patchPath: name.span.file.path });
  }
  return described;
}

function tellUnknown(
  described: ReadonlyMap<string, DescribedResource>,
  { what, names }: { readonly what: string; readonly names: readonly string[] },
  report: Report,
): void {
  const known = new Set(names);
  for (const [name, { declaration }] of described)
    if (!known.has(name))
      report({
        code: "unknown-resource",
        severity: "warning",
        message: `There is no ${what} "${name}" to describe.`,
        span: declaration.name.span,
        hint: didYouMean(name, names),
      });
}

/** Parses all files of a project. Every fault is reported; what has none is there. */
export function parseProject(
  files: ProjectFiles,
  { parsed, inputs }: { readonly parsed: ParsedSettings; readonly inputs: Inputs },
  report: Report,
): ParsedProject {
  const { settings, configs } = parsed;
  const environment = settingsEnvironment(settings, inputs);
  const properties = files.properties.flatMap((file): readonly Properties[] => {
    const root = readYaml(file, report);
    return root === undefined ? [] : [parseProperties(renderYaml(root, environment, report), report)];
  });
  const described = {
    models: describe(
      properties.flatMap((each) => each.models),
      report,
    ),
    seeds: describe(
      properties.flatMap((each) => each.seeds),
      report,
    ),
  };
  const macros = parseMacros(files.macros, settings.name, report);
  const context = {
    settings,
    inputs,
    configs: configs.model,
    properties: described.models,
    macros: macros.macros,
    report,
  };
  const models: ParsedModel[] = [];
  const faulty = new Set<string>();
  for (const file of files.models) {
    const model = parseModel(file, context);
    if (model === undefined) faulty.add(file.name ?? file.file.path.replace(/^.*\/|\.sql$/gu, ""));
    else models.push(model);
  }
  const seeds = files.seeds.flatMap(
    (file) => declareSeed(file, { ...context, configs: configs.seed, properties: described.seeds }) ?? [],
  );
  const sources = declareSources(
    properties.flatMap((each) => each.sources),
    { settings, configs: configs.source, report },
  );
  tellUnknown(described.models, { what: "model", names: [...models.map(({ name }) => name), ...faulty] }, report);
  tellUnknown(
    described.seeds,
    { what: "seed", names: files.seeds.map(({ file }) => file.path.replace(/^.*\/|\.csv$/gu, "")) },
    report,
  );
  const fqns = (resources: readonly { readonly fqn: readonly string[] }[]): readonly (readonly string[])[] =>
    resources.map(({ fqn }) => fqn);
  if (faulty.size === 0) unusedConfigPaths(configs.model, fqns(models)).forEach(report);
  unusedConfigPaths(configs.seed, fqns(seeds)).forEach(report);
  return { settings, sources, seeds, models, faulty, properties: described, macros };
}
