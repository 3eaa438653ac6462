import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Source } from "../../domain/model.ts";
import type { Settings } from "../../domain/settings.ts";
import { checkConfig } from "./check-config.ts";
import { describeColumns } from "./describe-columns.ts";
import { linkFreshness } from "./link-freshness.ts";
import { linkIngest } from "./link-ingest.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { configTexts, mergeConfig, projectConfig } from "./resolve-config.ts";
import { foldersOf, pathInPackage } from "./resource-properties.ts";
import type { SourceDeclaration } from "./source-declaration.ts";
import type { Placed } from "./yaml-shape.ts";

/** A declared source table, resolved, with the declaration that its tests come from. */
export interface DeclaredSource {
  readonly source: Source;
  readonly declaration: SourceDeclaration;
  readonly isEnabled: boolean;
}

/** What source tables are resolved with. */
export interface SourceContext {
  readonly settings: Settings;
  readonly configs: YamlNode | undefined;
  /** What the project says of the sources of a package. */
  readonly overrides?: YamlNode | undefined;
  readonly report: (diagnostic: Diagnostic) => void;
}

function declareSource(declaration: SourceDeclaration, context: SourceContext): DeclaredSource {
  const { settings, configs, overrides, report } = context;
  const { source, table } = declaration;
  const path = pathInPackage(source.span.file.path, settings.name, settings);
  const fqn = [settings.name, ...foldersOf(source.span.file.path, settings), source.value, table.value];
  const layers = [
    projectConfig(configs, fqn),
    declaration.sourceConfig,
    declaration.tableConfig,
    projectConfig(overrides, fqn),
  ];
  const config = mergeConfig(layers);
  checkConfig(config, "source", report);
  const isEnabled = config.values["enabled"] !== false;
  return {
    declaration,
    isEnabled,
    source: {
      resourceType: "source",
      uniqueId: `source.${settings.name}.${source.value}.${table.value}`,
      name: table.value,
      sourceName: source.value,
      packageName: settings.name,
      fqn,
      path,
      patchPath: path,
      description: declaration.description,
      sourceDescription: declaration.sourceDescription,
      tags: configTexts(config.values["tags"]) ?? [],
      config: config.values,
      relation: {
        database: declaration.database ?? settings.target.database,
        schema: declaration.schema,
        identifier: declaration.identifier,
      },
      columns: describeColumns(declaration.columns),
      freshness: linkFreshness(layers.flat(), report),
      ingest: isEnabled ? linkIngest(declaration, report) : undefined,
      span: table.span,
    },
  };
}

/** Two tables whose staged files lie in one folder would overwrite each other's. */
function checkStaging(declared: readonly DeclaredSource[], report: SourceContext["report"]): void {
  const known = new Map<string, Placed<string>>();
  for (const { source, declaration } of declared) {
    const to = source.ingest === undefined ? undefined : declaration.ingest?.to;
    if (to === undefined) continue;
    const parts = to.value.split("/").filter((part) => part !== "" && part !== ".");
    const folder = parts.join("/");
    const twin = known.get(folder);
    if (twin === undefined) known.set(folder, to);
    else {
      const related = [{ message: "The other table is staged here.", span: twin.span }];
      report(error("ingest-folder", `Another table is staged in "${to.value}" already.`, { span: to.span, related }));
    }
  }
}

/** The source tables of a project, those that are switched off too; two enabled ones of one name are told. */
export function declareSources(
  declarations: readonly SourceDeclaration[],
  context: SourceContext,
): readonly DeclaredSource[] {
  const declared: DeclaredSource[] = [];
  const enabled = new Map<string, Source>();
  for (const declaration of declarations) {
    const fresh = declareSource(declaration, context);
    const { uniqueId, sourceName, name, span } = fresh.source;
    const twin = fresh.isEnabled ? enabled.get(uniqueId) : undefined;
    if (twin === undefined) {
      declared.push(fresh);
      if (fresh.isEnabled) enabled.set(uniqueId, fresh.source);
      continue;
    }
    const related = [{ message: "It is declared here already.", span: twin.span }];
    context.report(
      error("duplicate-name", `The source table "${sourceName}.${name}" is declared twice.`, { span, related }),
    );
  }
  checkStaging(declared, context.report);
  return declared;
}
