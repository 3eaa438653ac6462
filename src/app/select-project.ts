import type { IndirectSelection, ResourceType } from "../domain/selection-terms.ts";
import { parseSelection } from "../compiler/graph/select/parse-selection.ts";
import { selectResources } from "../compiler/graph/select/select-resources.ts";
import type { SelectableResource } from "../compiler/graph/select/selectable-resource.ts";
import { projectGraph } from "../compiler/plan/plan-run.ts";
import { type CompiledProject, type CompiledResource, resourcesOf } from "../domain/compiled-project.ts";
import { type Checked, failed, passed } from "../domain/diagnostic.ts";
import { judgeWarnings } from "../domain/warning-rule.ts";
import type { Invocation } from "./invocation.ts";
import { type OpenOptions, type OpenProject, openSoundProject } from "./open-project.ts";

/** What of a project is meant, in dbt's selection grammar; the values of each option as they were given. */
export interface SelectOptions {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly indirectSelection?: IndirectSelection | undefined;
  readonly resourceTypes?: readonly ResourceType[] | undefined;
}

function selectable(resource: CompiledResource): SelectableResource {
  const { uniqueId, name, packageName, fqn, path, patchPath, tags, config } = resource;
  const facts = { uniqueId, name, packageName, fqn, path, patchPath, tags, config };
  switch (resource.resourceType) {
    case "source":
      return { ...facts, resourceType: "source", sourceName: resource.sourceName };
    case "analysis":
      return { ...facts, resourceType: "analysis" };
    case "exposure":
      return { ...facts, resourceType: "exposure" };
    case "test":
      return { ...facts, resourceType: "test", test: resource.generic?.test };
    case "model": {
      const { kind } = resource.materialization;
      const { version } = resource;
      return { ...facts, resourceType: "model", version: version?.value, config: { ...config, materialized: kind } };
    }
    case "seed":
      return { ...facts, resourceType: "seed", config: { ...config, materialized: "seed" } };
    case "unit_test":
      return { ...facts, resourceType: "unit_test" };
    case "broken":
      if (resource.kind === "test") return { ...facts, resourceType: "test", test: resource.test };
      return {
        ...facts,
        resourceType: resource.kind,
        config: { ...config, materialized: resource.materialized ?? resource.kind },
      };
  }
}

/** The selected resources in the order in which they would run. A selection that matches nothing is told, as in dbt. */
export function selectProject(
  project: CompiledProject,
  options: SelectOptions,
  { emit, warningRule }: Pick<Invocation, "emit" | "warningRule">,
): Checked<readonly CompiledResource[]> {
  const select = parseSelection(options.select, "--select");
  const exclude = parseSelection(options.exclude, "--exclude");
  if (!select.ok || !exclude.ok)
    return failed(...(select.ok ? [] : select.diagnostics), ...(exclude.ok ? [] : exclude.diagnostics));
  const resources = resourcesOf(project);
  const { ids, warnings } = selectResources(projectGraph(project), resources.map(selectable), {
    rootPackage: project.settings.name,
    select: options.select.length === 0 ? undefined : select.value,
    exclude: exclude.value,
    indirectSelection: options.indirectSelection,
    resourceTypes: options.resourceTypes,
  });
  const told = judgeWarnings(warnings, warningRule);
  if (told.some(({ severity }) => severity === "error")) return failed(...told);
  if (told.length > 0) emit({ kind: "diagnosed", diagnostics: told });
  const byId = new Map(resources.map((resource) => [resource.uniqueId, resource]));
  return passed(ids.flatMap((id) => byId.get(id) ?? []));
}

/** A sound project, and what is selected of it in the order in which it would run. */
export interface SelectedProject {
  readonly opened: OpenProject;
  readonly selected: readonly CompiledResource[];
}

/** Opens a project and selects from it; `undefined`, if the project or the selection is at fault, which has been told then. */
export async function openSelected(
  invocation: Invocation,
  options: SelectOptions & Pick<OpenOptions, "broken">,
): Promise<SelectedProject | undefined> {
  const opened = await openSoundProject(invocation, { broken: options.broken });
  if (opened === undefined) return undefined;
  const selected = selectProject(opened.project, options, invocation);
  if (selected.ok) return { opened, selected: selected.value };
  invocation.emit({ kind: "diagnosed", diagnostics: selected.diagnostics });
  return undefined;
}
