import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { Seed } from "../../domain/model.ts";
import type { Settings } from "../../domain/settings.ts";
import { describeColumns } from "./describe-columns.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";
import { parseSeed } from "./parse-seed.ts";
import type { YamlNode } from "./parse-yaml.ts";
import type { ResourceFile } from "./project-files.ts";
import { configMapping, configTexts, mergeConfig, projectConfig } from "./resolve-config.ts";
import { fileResource } from "./resource-properties.ts";
import { resourceRelation } from "./resource-relation.ts";

/** What a property file says of a resource, and the path of that file. */
export interface DescribedResource {
  readonly declaration: PropertiesDeclaration;
  readonly patchPath: string;
}

/** What seeds are resolved with. */
export interface SeedContext {
  readonly settings: Settings;
  readonly configs: YamlNode | undefined;
  readonly properties: ReadonlyMap<string, DescribedResource>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** The seed that a CSV file holds, or `undefined` where it is switched off or cannot be read. */
export function declareSeed(source: ResourceFile, context: SeedContext): Seed | undefined {
  const { file } = source;
  const { settings, configs, properties, report } = context;
  const resource = fileResource(source, { type: "seed", packageName: settings.name, extension: ".csv" });
  const described = properties.get(resource.name);
  const config = mergeConfig([projectConfig(configs, resource.fqn), described?.declaration.config ?? []]);
  if (config.values["enabled"] === false) return undefined;
  const types = Object.entries(configMapping(config.values["column_types"])).flatMap(([name, type]) =>
    typeof type === "string" ? [[name.toLowerCase(), type] as const] : [],
  );
  const table = parseSeed(file, Object.fromEntries(types));
  if (!table.ok) {
    table.diagnostics.forEach(report);
    return undefined;
  }
  return {
    resourceType: "seed",
    ...resource,
    patchPath: described?.patchPath,
    description: described?.declaration.description ?? "",
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    file,
    relation: resourceRelation(resource.name, config.values, settings),
    properties: describeColumns(described?.declaration.columns),
    columns: table.value.columns,
    rows: table.value.rows,
  };
}
