import type { Exposure } from "../../domain/exposure.ts";
import { linkReferences } from "../link-models.ts";
import { checkAccess } from "../graph/check-access.ts";
import type { Linking } from "../link-project.ts";
import { discover, type ParseContext } from "../discover.ts";
import type { ExposureDeclaration } from "../project/exposure-declaration.ts";
import { configTexts, mergeConfig, projectConfig } from "../project/resolve-config.ts";
import { foldersOf, pathInPackage, type ResourceProperties } from "../project/resource-properties.ts";
import { resourceRelation } from "../project/resource-relation.ts";
import type { Recording } from "../template/context/recording.ts";
import { parseTemplate } from "../template/parse-template.ts";

/** An exposure with what it refers to, before that leads anywhere. */
export interface DeclaredExposure {
  readonly declaration: ExposureDeclaration;
  readonly resource: ResourceProperties;
  readonly recordings: readonly Recording[];
  readonly config: ReturnType<typeof mergeConfig>;
  readonly isEnabled: boolean;
}

/** Reads what an exposure refers to: each entry of `depends_on` is a call of `ref()` or `source()`. */
export function declareExposure(declaration: ExposureDeclaration, context: ParseContext): DeclaredExposure {
  const { settings, configs, overrides, report } = context;
  const { name, dependsOn } = declaration;
  const path = pathInPackage(name.span.file.path, settings.name, settings);
  const resource = {
    uniqueId: `exposure.${settings.name}.${name.value}`,
    name: name.value,
    packageName: settings.name,
    fqn: [settings.name, ...foldersOf(name.span.file.path, settings), name.value],
    path,
  };
  const config = mergeConfig([
    projectConfig(configs, resource.fqn),
    declaration.config,
    projectConfig(overrides, resource.fqn),
  ]);
  const relation = resourceRelation(name.value, {}, settings);
  const recordings = dependsOn.flatMap(({ value, span }) => {
    const parsed = parseTemplate({ path, text: `{{ ${value} }}` });
    const told = (diagnostic: Parameters<typeof report>[0]): void => {
      report({ ...diagnostic, span, related: undefined });
    };
    if (!parsed.ok) {
      parsed.diagnostics.forEach(told);
      return [];
    }
    const recording = discover(
      parsed.value,
      { resource, mode: "full", config: {}, relation },
      { ...context, report: told },
    );
    // What is referred to stands in the property file, not in the text that was made of it.
    const placed = <T extends object>(each: T): T => ({ ...each, span });
    return [{ ...recording, refs: recording.refs.map(placed), sources: recording.sources.map(placed) }];
  });
  return { declaration, resource, recordings, config, isEnabled: config.values["enabled"] !== false };
}

function linkExposure(
  { declaration, resource, recordings, config }: DeclaredExposure,
  { names, referables, report }: Linking,
): Exposure {
  const { label, type, maturity, url, description, owner, name } = declaration;
  const { dependencies } = linkReferences(recordings, names, report);
  checkAccess(resource, dependencies, { names: referables, report });
  return {
    ...resource,
    resourceType: "exposure",
    patchPath: undefined,
    description,
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    ...{ label, type, maturity, url, owner },
    dependsOn: dependencies.map(({ uniqueId }) => uniqueId),
    refs: recordings.flatMap(({ refs }) =>
      refs.map((ref) => (ref.packageName === undefined ? [ref.name] : [ref.packageName, ref.name])),
    ),
    sources: recordings.flatMap(({ sources }) => sources.map(({ source, table }) => [source, table] as const)),
    span: name.span,
  };
}

/** The enabled exposures; references of theirs that lead nowhere are told. */
export function linkExposures(exposures: readonly DeclaredExposure[], linking: Linking): readonly Exposure[] {
  return exposures.filter(({ isEnabled }) => isEnabled).map((exposure) => linkExposure(exposure, linking));
}
