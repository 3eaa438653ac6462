import type { IndirectSelection, ResourceType } from "../domain/selection-terms.ts";
import { didYouMean } from "../compiler/nearest-name.ts";
import { parseSelection } from "../compiler/graph/select/parse-selection.ts";
import { selectResources } from "../compiler/graph/select/select-resources.ts";
import type { SelectableResource } from "../compiler/graph/select/selectable-resource.ts";
import { projectGraph } from "../compiler/plan/plan-run.ts";
import { type CompiledProject, type CompiledResource, resourcesOf } from "../domain/compiled-project.ts";
import { type Checked, type Diagnostic, error, failed, passed, warning } from "../domain/diagnostic.ts";
import { judgeWarnings } from "../domain/warning-rule.ts";
import { changesSince } from "./changes-since.ts";
import type { Invocation } from "./invocation.ts";
import { type OpenOptions, type OpenProject, openSoundProject } from "./open-project.ts";

/** What of a project is meant, in dbt's selection grammar; the values of each option as they were given. */
export interface SelectOptions {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly indirectSelection?: IndirectSelection | undefined;
  /** The types that the command works on. */
  readonly resourceTypes?: readonly ResourceType[] | undefined;
  /** Those of them that are asked for, and those that are left out. */
  readonly onlyTypes?: readonly ResourceType[] | undefined;
  readonly excludeTypes?: readonly ResourceType[] | undefined;
  /** The name of a selector of the project, in place of `select` and `exclude`. */
  readonly selector?: string | undefined;
  /** The folder of an earlier run's artifacts, for `state:`. */
  readonly state?: string | undefined;
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
    case "model":
    case "snapshot": {
      const { kind } = resource.materialization;
      const { version, access, resourceType } = resource;
      const standing = { version: version?.value, latest: version?.latest, access };
      return { ...facts, resourceType, ...standing, config: { ...config, materialized: kind } };
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

interface Asked {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly indirectSelection: IndirectSelection | undefined;
  readonly selector: string | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** What is asked for: by a selector, by the options, or, where neither says anything, by the project's default selector. */
function askedFor({ selectors }: CompiledProject, options: SelectOptions): Checked<Asked> {
  const { select, exclude, indirectSelection, selector } = options;
  const isOpen = select.length === 0 && exclude.length === 0;
  const named = selector === undefined ? undefined : selectors.find(({ name }) => name === selector);
  if (selector !== undefined && named === undefined)
    return failed(
      error("selector", `There is no selector "${selector}".`, {
        hint:
          didYouMean(
            selector,
            selectors.map(({ name }) => name),
          ) ?? "Selectors are declared in selectors.yml at the project's root.",
      }),
    );
  const chosen = named ?? (isOpen ? selectors.find(({ isDefault }) => isDefault) : undefined);
  if (chosen === undefined) return passed({ select, exclude, indirectSelection, selector, warnings: [] });
  const warnings = isOpen
    ? []
    : [warning("selector", `The selector "${chosen.name}" counts, and --select and --exclude do not.`)];
  return passed({
    select: chosen.select,
    exclude: chosen.exclude,
    indirectSelection: indirectSelection ?? chosen.indirectSelection,
    selector: chosen.name,
    warnings,
  });
}

function typesOf({ resourceTypes, onlyTypes }: SelectOptions): readonly ResourceType[] | undefined {
  if (resourceTypes === undefined || onlyTypes === undefined) return resourceTypes ?? onlyTypes;
  return resourceTypes.filter((type) => onlyTypes.includes(type));
}

/** The selected resources in the order in which they would run. A selection that matches nothing is told, as in dbt. */
export function selectProject(
  project: CompiledProject,
  options: SelectOptions,
  invocation: Invocation,
): Checked<readonly CompiledResource[]> {
  const { emit, warningRule } = invocation;
  const asked = askedFor(project, options);
  if (!asked.ok) return asked;
  const { selector, indirectSelection } = asked.value;
  if (asked.value.warnings.length > 0) emit({ kind: "diagnosed", diagnostics: asked.value.warnings });
  const select = parseSelection(asked.value.select, selector === undefined ? "--select" : `selector ${selector}`);
  const exclude = parseSelection(asked.value.exclude, "--exclude");
  if (!select.ok || !exclude.ok)
    return failed(...(select.ok ? [] : select.diagnostics), ...(exclude.ok ? [] : exclude.diagnostics));
  const resources = resourcesOf(project);
  const asksForState = [...asked.value.select, ...asked.value.exclude].some((each) =>
    /(?:^|[\s,@+])state:/u.test(each),
  );
  if (asksForState && options.state === undefined)
    return failed(
      error("no-state", 'The selection method "state" compares with an earlier run, and none is named.', {
        hint: "Name the folder of its artifacts by --state.",
      }),
    );
  const changed = changesSince(project, options.state, invocation);
  const { ids, warnings } = selectResources(
    projectGraph(project),
    resources.map((resource) => ({ ...selectable(resource), changed: changed(resource) })),
    {
      rootPackage: project.settings.name,
      select: asked.value.select.length === 0 ? undefined : select.value,
      exclude: exclude.value,
      indirectSelection,
      resourceTypes: typesOf(options),
      excludeResourceTypes: options.excludeTypes,
    },
  );
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
