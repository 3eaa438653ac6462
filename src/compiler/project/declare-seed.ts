import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import { noHooks } from "../../domain/hooks.ts";
import type { Seed } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { ConfigValues, Settings } from "../../domain/settings.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import { checkConfig } from "./check-config.ts";
import { describeColumns } from "./describe-columns.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";
import { type HookTemplates, linkHooks } from "./link-hooks.ts";
import { parseSeed, type SeedFormat } from "./parse-seed.ts";
import type { YamlNode } from "./parse-yaml.ts";
import type { ResourceFile } from "./project-files.ts";
import { configMapping, configTexts, mergeConfig, projectConfig, type ResolvedConfig } from "./resolve-config.ts";
import { fileResource, patchPathOf, type ResourceProperties } from "./resource-properties.ts";
import { persistedComments } from "./persisted-comments.ts";

type Report = (diagnostic: Diagnostic) => void;

/** What seeds are resolved with. */
export interface SeedContext {
  readonly settings: Settings;
  readonly configs: YamlNode | undefined;
  /** What the project says of the seeds of a package. */
  readonly overrides?: YamlNode | undefined;
  readonly properties: ReadonlyMap<string, PropertiesDeclaration>;
  readonly report: Report;
  /** Where a seed goes. */
  readonly nameRelation: (resource: ResourceProperties, config: ResolvedConfig) => Relation;
}

/** A seed as its readers speak of it. One that is switched off, or cannot be read, has no table. */
export interface DeclaredSeed extends ResourceProperties {
  readonly isEnabled: boolean;
  readonly described: PropertiesDeclaration | undefined;
  readonly relation: Relation;
  readonly file: SourceFile;
  readonly hooks: HookTemplates;
  readonly config: ConfigValues;
  /** Why it cannot be read, if so. */
  readonly faults: readonly Diagnostic[];
  readonly seed: Seed | undefined;
}

function readFormat({ values, spans }: ResolvedConfig, { dialect }: Settings, report: Report): SeedFormat {
  const types = Object.entries(configMapping(values["column_types"])).flatMap(([name, type]) => {
    if (typeof type === "string") return [[name.toLowerCase(), type] as const];
    report(
      error("config-value", `The type of the column "${name}" is text, found ${JSON.stringify(type)}.`, {
        span: spans["column_types"],
      }),
    );
    return [];
  });
  const delimiter = values["delimiter"] ?? ",";
  if (typeof delimiter === "string" && delimiter.length === 1) return { delimiter, dialect, types: new Map(types) };
  report(
    error("config-value", `The config "delimiter" is one character, found ${JSON.stringify(delimiter)}.`, {
      span: spans["delimiter"],
    }),
  );
  return { delimiter: ",", dialect, types: new Map(types) };
}

function checkTypedColumns(
  { types }: SeedFormat,
  columns: readonly string[],
  at: ResolvedConfig,
  report: Report,
): void {
  const known = columns.map((name) => name.toLowerCase());
  for (const name of types.keys())
    if (!known.includes(name))
      report(
        warning("unknown-column", `The config "column_types" names "${name}", which is no column of the seed.`, {
          span: at.spans["column_types"],
          hint: didYouMean(name, columns),
        }),
      );
}

/** The seed that a CSV file holds. What is wrong with it is told. */
export function declareSeed(source: ResourceFile, context: SeedContext): DeclaredSeed {
  const { file } = source;
  const { settings, configs, overrides, properties } = context;
  const resource = fileResource(source, { type: "seed", settings, extension: ".csv" });
  const described = properties.get(resource.name);
  const config = mergeConfig([
    projectConfig(configs, resource.fqn),
    described?.config ?? [],
    projectConfig(overrides, resource.fqn),
  ]);
  const relation = context.nameRelation(resource, config);
  const faults: Diagnostic[] = [];
  const isEnabled = config.values["enabled"] !== false;
  const bare = { ...resource, described, relation, file, config: config.values, faults, isEnabled };
  const report: Report = (diagnostic) => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    context.report(diagnostic);
  };
  if (!bare.isEnabled) return { ...bare, hooks: { before: [], after: [] }, seed: undefined };
  const head = {
    ...bare,
    hooks: linkHooks(
      config,
      { path: resource.path, dialect: settings.dialect, warehouse: settings.target.type },
      report,
    ),
  };
  checkConfig(config, "seed", report);
  const format = readFormat(config, settings, report);
  const table = parseSeed(file, format);
  if (!table.ok) table.diagnostics.forEach(report);
  if (!table.ok || faults.length > 0) return { ...head, seed: undefined };
  const { columns, rows, lines } = table.value;
  checkTypedColumns(
    format,
    columns.map(({ name }) => name),
    config,
    report,
  );
  const seed: Seed = {
    resourceType: "seed",
    ...resource,
    patchPath: patchPathOf(described, settings),
    description: described?.description ?? "",
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    file,
    relation,
    properties: describeColumns(described?.columns),
    dialect: settings.dialect,
    delimiter: format.delimiter,
    columns,
    typed: columns.map(({ name }) => name).filter((name) => format.types.has(name.toLowerCase())),
    namesAre: config.values["quote_columns"] === false ? "bare" : "quoted",
    rows,
    lines,
    hooks: noHooks,
    comments: persistedComments(config, described),
  };
  return { ...head, seed };
}
