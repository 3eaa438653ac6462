import type { Diagnostic } from "../domain/diagnostic.ts";
import type { DocBlock } from "../domain/exposure.ts";
import type { ProjectHead } from "../domain/project-head.ts";
import type { Selector } from "../domain/selection-terms.ts";
import type { Inputs } from "../domain/settings.ts";
import { parseSelectors } from "./graph/select/parse-selectors.ts";
import { type ParsedMacros, parseAllMacros } from "./parse-macros.ts";
import { type ParsedPart, parsePart } from "./parse-part.ts";
import type { TargetPlace } from "./project/find-target.ts";
import { parseDocs } from "./project/parse-docs.ts";
import { type ParsedSettings, parseSettings } from "./project/parse-settings.ts";
import { readYaml } from "./project/parse-yaml.ts";
import type { ConfigBlocks } from "./project/project-file.ts";
import type { ProjectFiles } from "./project/project-files.ts";
import { renderYaml } from "./project/render-yaml.ts";
import { unusedConfigPaths } from "./project/resolve-config.ts";
import { settingsEnvironment } from "./template/context/yaml-environment.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The blocks of configs that hold for a package: its own, and over them the project's. */
export interface PackageConfigs {
  readonly configs: ConfigBlocks;
  readonly overrides: ConfigBlocks | undefined;
}

/** All that the files of a project and its packages say, before anything in them leads anywhere. What is switched off is there too. */
export interface ParsedProject extends ParsedPart, Pick<ParsedSettings, "settings" | "configs"> {
  readonly docs: readonly DocBlock[];
  readonly selectors: readonly Selector[];
  readonly macros: ParsedMacros;
  /** By the name of the package; the project is one of them. */
  readonly packageConfigs: ReadonlyMap<string, PackageConfigs>;
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
  const vars = head.vars === undefined ? undefined : readYaml(head.vars, report);
  if (head.vars !== undefined && vars === undefined) return undefined;
  const parsed = parseSettings({ root, targets, vars }, inputs, report);
  if (parsed.ok) return parsed.value;
  parsed.diagnostics.forEach(report);
  return undefined;
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

/** What nobody but the package's author can mend stands in nobody's way. */
function mildly(report: Report): Report {
  return (diagnostic) => {
    report(diagnostic.code === "unknown-key" ? { ...diagnostic, severity: "warning" } : diagnostic);
  };
}

function joined(parts: readonly ParsedPart[]): ParsedPart {
  return {
    sources: parts.flatMap(({ sources }) => sources),
    seeds: parts.flatMap(({ seeds }) => seeds),
    models: parts.flatMap(({ models }) => models),
    singularTests: parts.flatMap(({ singularTests }) => singularTests),
    analyses: parts.flatMap(({ analyses }) => analyses),
    exposures: parts.flatMap(({ exposures }) => exposures),
    groups: parts.flatMap(({ groups }) => groups),
    unitTests: parts.flatMap(({ unitTests }) => unitTests),
    faulty: parts.flatMap(({ faulty }) => faulty),
    isIncomplete: parts.some(({ isIncomplete }) => isIncomplete),
  };
}

/** Parses all files of a project and its packages. Every fault is reported; what has none is there. */
export function parseProject(
  files: ProjectFiles,
  { parsed, inputs }: { readonly parsed: ParsedSettings; readonly inputs: Inputs },
  report: Report,
): ParsedProject {
  const { settings, configs } = parsed;
  const packages = (files.packages ?? []).flatMap((each) => {
    const own = parsed.packages?.get(each.name);
    return own === undefined ? [] : [{ ...each, parsed: own }];
  });
  const docs = [
    ...parseDocs(files.docs, settings, report),
    ...packages.flatMap((each) => parseDocs(each.files.docs, each.parsed.settings, mildly(report))),
  ];
  const selectorsRoot = files.selectors === undefined ? undefined : readYaml(files.selectors, report);
  const selectorsEnvironment = { environment: settingsEnvironment(settings, inputs), isKept: () => false, report };
  const selectors =
    selectorsRoot === undefined ? [] : parseSelectors(renderYaml(selectorsRoot, selectorsEnvironment), report);
  const macros = parseAllMacros(files, { settings, searchOrders: parsed.searchOrders }, report);
  const shared = { inputs, docs, macros: macros.macros };
  const own = parsePart(files, { ...shared, settings, configs, overrides: undefined, report });
  const others = packages.map((each) =>
    parsePart(each.files, {
      ...shared,
      settings: each.parsed.settings,
      configs: each.parsed.configs,
      overrides: configs,
      report: mildly(report),
    }),
  );
  const all = joined([own, ...others]);
  if (!all.isIncomplete) tellUnused(all, parsed, report);
  return {
    ...all,
    settings,
    configs,
    docs,
    selectors,
    macros,
    packageConfigs: new Map<string, PackageConfigs>([
      [settings.name, { configs, overrides: undefined }],
      ...packages.map((each) => [each.name, { configs: each.parsed.configs, overrides: configs }] as const),
    ]),
  };
}
