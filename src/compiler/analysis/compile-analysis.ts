import { type Checked, passed, warning } from "../../domain/diagnostic.ts";
import type { Analysis } from "../../domain/exposure.ts";
import { compileUnasked } from "../asking-context.ts";
import { collectEphemeral } from "../collect-ephemeral.ts";
import type { CompileContext } from "../compile-model.ts";
import { compileQuery } from "../compile-query.ts";
import { checkAccess } from "../graph/check-access.ts";
import { type Dependency, linkReferences } from "../link-models.ts";
import type { Linking } from "../link-project.ts";
import { describeColumns } from "../project/describe-columns.ts";
import { configTexts } from "../project/resolve-config.ts";
import { resourceRelation } from "../project/resource-relation.ts";
import { renderResource } from "../render-resource.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import type { ParsedAnalysis } from "./parse-analysis.ts";

interface LinkedAnalysis extends ParsedAnalysis {
  readonly dependencies: readonly Dependency[];
}

function compileAnalysis(analysis: LinkedAnalysis, context: CompileContext): Checked<Analysis> {
  const { uniqueId, name, packageName, fqn, path, template, described, config, span } = analysis;
  const { settings, catalog, translate, ephemeral } = context;
  const { values } = config;
  const dialect = values["dialect"] === "duckdb" ? "duckdb" : settings.dialect;
  const relation = resourceRelation(name, values, settings);
  const subject = { resource: analysis, relation, dialect, config: values };
  const { sql, recording } = renderResource(template, { subject, mode: "full" }, context);
  if (!sql.ok) return sql;
  const dependsOn = analysis.dependencies.map((dependency) => dependency.uniqueId);
  const inside = collectEphemeral(dependsOn, { dialect, place: span, ephemeral });
  if (!inside.ok) return inside;
  const query = compileQuery(injectEphemeral(sql.value, inside.value), { dialect, catalog, translate, place: span });
  if (!query.ok) return query;
  return passed({
    resourceType: "analysis",
    ...{ uniqueId, name, packageName, fqn, path, relation },
    patchPath: analysis.patchPath,
    description: described?.description ?? "",
    tags: configTexts(values["tags"]) ?? [],
    config: values,
    file: template.file,
    properties: describeColumns(described?.columns),
    query: query.value.query,
    dependsOn,
    refs: recording.refs.map((ref) => (ref.packageName === undefined ? [ref.name] : [ref.packageName, ref.name])),
    sources: recording.sources.map(({ source, table }) => [source, table] as const),
    macros: [...recording.macros].sort(),
  });
}

/** The analyses whose references lead somewhere, compiled; one that reads what was not compiled is left out. */
export function compileAnalyses(
  analyses: readonly ParsedAnalysis[],
  context: CompileContext & { readonly sound: ReadonlySet<string> },
  { names, referables, report }: Linking,
): readonly Analysis[] {
  return analyses
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((analysis) => {
      const { dependencies, isSound } = linkReferences([analysis.recording], names, report);
      checkAccess(analysis, dependencies, { names: referables, report });
      if (!isSound || !dependencies.every(({ uniqueId }) => context.sound.has(uniqueId))) return [];
      const linked = { ...analysis, dependencies };
      const { dialect } = context.settings;
      const compiled = compileUnasked({ context, dialect }, (each) => compileAnalysis(linked, each));
      if (compiled === "asks") {
        const message = `The analysis "${analysis.name}" asks the warehouse, which tsdbt does for models and tests alone.`;
        report(warning("asking-analysis", message, { span: analysis.span }));
        return [];
      }
      if (compiled.ok) return [compiled.value];
      compiled.diagnostics.forEach(report);
      return [];
    });
}
