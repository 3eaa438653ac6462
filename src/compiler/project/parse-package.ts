import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Inputs, Settings } from "../../domain/settings.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { targetEnvironment } from "../template/context/yaml-environment.ts";
import { isKeptKey, type ParsedSettings } from "./parse-settings.ts";
import { readYaml, yamlEntry } from "./parse-yaml.ts";
import { configBlocks, packageFile, resourcePaths, runHookTexts } from "./project-file.ts";
import { renderYaml } from "./render-yaml.ts";

/** Where a package is installed, and the project that it is installed for. */
export interface Installation {
  /** Its folder, relative to the project's. */
  readonly folder: string;
  readonly settings: Settings;
  readonly inputs: Inputs;
}

/**
 * What the project file of an installed package says. Its paths come out relative to the project; all else that a package
 * has no say in (the target, the dialect) is the project's. What is wrong with it is told.
 */
export function parsePackage(
  file: SourceFile,
  { folder, settings, inputs }: Installation,
  report: (diagnostic: Diagnostic) => void,
): ParsedSettings | undefined {
  const faults: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    report(diagnostic);
  };
  const written = readYaml(file, report);
  if (written === undefined) return undefined;
  const environment = targetEnvironment(settings.target, { inputs, profileName: settings.profileName });
  const root = renderYaml(written, { environment, isKept: isKeptKey, report: note });
  const value = packageFile(root, note)?.value;
  if (faults.length > 0 || value?.name === undefined) return undefined;
  const name = value.name.value;
  if (name === settings.name) {
    note(
      error("package-name", `The package in "${folder}" has the name of the project, "${name}".`, {
        span: value.name.span,
        hint: "Give one of them another name.",
      }),
    );
    return undefined;
  }
  const inside = (paths: readonly string[]): readonly string[] => paths.map((each) => `${folder}/${each}`);
  const paths = resourcePaths(value);
  const vars = value.vars ?? {};
  return {
    settings: {
      ...settings,
      modelPaths: inside(paths.modelPaths),
      macroPaths: inside(paths.macroPaths),
      seedPaths: inside(paths.seedPaths),
      testPaths: inside(paths.testPaths),
      snapshotPaths: inside(paths.snapshotPaths),
      analysisPaths: inside(paths.analysisPaths),
      name,
      version: value.version,
      packages: { [name]: { folder, vars } },
    },
    searchOrders: new Map(),
    runHooks: runHookTexts(file, value),
    queryComment: undefined,
    configs: configBlocks(value),
  };
}

/** The name of a package, by its project file; what is wrong with that is told. */
export function parsePackageName(file: SourceFile, report: (diagnostic: Diagnostic) => void): string | undefined {
  return parseDepsSettings(file, undefined, report)?.name;
}

/** What installing packages has to know of a project: its name, and where they go. The rest of its file may be at fault. */
export interface DepsSettings {
  readonly name: string;
  readonly packagesPath: string;
}

/** Reads the name of a project and where its packages go, by a template where one says so. */
export function parseDepsSettings(
  file: SourceFile,
  environment: Environment | undefined,
  report: (diagnostic: Diagnostic) => void,
): DepsSettings | undefined {
  const root = readYaml(file, report);
  if (root === undefined) return undefined;
  const given = yamlEntry(root, "packages-install-path")?.value;
  const path =
    given === undefined || environment === undefined
      ? undefined
      : renderYaml(given, { environment, isKept: () => false, report });
  const name = yamlEntry(root, "name")?.value;
  if (name?.kind === "scalar" && name.value !== null)
    return { name: name.written, packagesPath: path?.kind === "scalar" ? path.written : "dbt_packages" };
  report(error("missing-key", 'A project file needs the key "name".', { span: name?.span ?? root.span }));
  return undefined;
}
