import type { Diagnostic } from "../../domain/diagnostic.ts";
import { error } from "../../domain/diagnostic.ts";
import type { Source } from "../../domain/model.ts";
import type { Settings } from "../../domain/settings.ts";
import { describeColumns } from "./describe-columns.ts";
import { linkIngest } from "./link-ingest.ts";
import type { SourceDeclaration } from "./parse-properties.ts";
import type { YamlNode } from "./parse-yaml.ts";
import { configTexts, mergeConfig, projectConfig } from "./resolve-config.ts";

/** A declared source table, resolved, with the declaration that its tests come from. */
export interface DeclaredSource {
  readonly source: Source;
  readonly declaration: SourceDeclaration;
}

/** What source tables are resolved with. */
export interface SourceContext {
  readonly settings: Settings;
  readonly configs: YamlNode | undefined;
  readonly report: (diagnostic: Diagnostic) => void;
}

function folderParts(path: string): readonly string[] {
  return path.split("/").slice(1, -1);
}

function declareSource(declaration: SourceDeclaration, { settings, configs, report }: SourceContext): DeclaredSource {
  const { source, table } = declaration;
  const path = source.span.file.path;
  const fqn = [settings.name, ...folderParts(path), source.value, table.value];
  const config = mergeConfig([projectConfig(configs, fqn), declaration.config]);
  return {
    declaration,
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
      ingest: linkIngest(declaration, report),
      span: table.span,
    },
  };
}

/** The enabled source tables of a project; two of one name are told. */
export function declareSources(
  declarations: readonly SourceDeclaration[],
  context: SourceContext,
): readonly DeclaredSource[] {
  const declared = new Map<string, DeclaredSource>();
  for (const declaration of declarations) {
    const fresh = declareSource(declaration, context);
    if (fresh.source.config["enabled"] === false) continue;
    const twin = declared.get(fresh.source.uniqueId);
    if (twin === undefined) declared.set(fresh.source.uniqueId, fresh);
    else {
      const name = `${fresh.source.sourceName}.${fresh.source.name}`;
      const related = [{ message: "It is declared here already.", span: twin.source.span }];
      context.report(
        error("duplicate-name", `The source table "${name}" is declared twice.`, { span: fresh.source.span, related }),
      );
    }
  }
  return [...declared.values()];
}
