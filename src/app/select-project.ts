import type { IndirectSelection, ResourceType } from "../domain/selection-terms.ts";
import { didYouMean } from "../compiler/nearest-name.ts";
import { parseSelection } from "../compiler/graph/select/parse-selection.ts";
import { selector as selectorMethod } from "../compiler/graph/select/methods/selector.ts";
import type { Selection } from "../compiler/graph/select/selection.ts";
import { selectionMethods } from "../compiler/graph/select/selection-methods.ts";
import { criteriaOf, parseSelectionTree, type SelectionTree } from "../compiler/graph/select/selection-tree.ts";
import { selectResources } from "../compiler/graph/select/select-resources.ts";
import type { SelectableResource } from "../compiler/graph/select/selectable-resource.ts";
import { projectGraph } from "../compiler/plan/plan-run.ts";
import { type CompiledProject, type CompiledResource, resourcesOf } from "../domain/compiled-project.ts";
import { type Checked, type Diagnostic, error, failed, passed, warning } from "../domain/diagnostic.ts";
import type { Span } from "../domain/source-file.ts";
import { judgeWarnings } from "../domain/warning-rule.ts";
import { type Deferral, deferResources } from "./defer-resources.ts";
import { earlierFacts } from "./earlier-facts.ts";
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
  readonly deferral?: Deferral | undefined;
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
  readonly select: Selection | undefined;
  readonly exclude: Selection;
  readonly tree: SelectionTree | undefined;
  readonly indirectSelection: IndirectSelection | undefined;
  readonly warnings: readonly Diagnostic[];
}

function unknownSelector(name: string, { selectors }: CompiledProject, span?: Span): Diagnostic {
  const names = selectors.map((each) => each.name);
  const hint = didYouMean(name, names) ?? "Selectors are declared in selectors.yml at the project's root.";
  return error("selector", `There is no selector "${name}".`, { span, hint });
}

/** What is asked for: by a selector, by the options, or, where neither says anything, by the project's default selector. */
function askedFor(project: CompiledProject, options: SelectOptions): Checked<Asked> {
  const { selectors } = project;
  const { indirectSelection, selector } = options;
  const isOpen = options.select.length === 0 && options.exclude.length === 0;
  const named = selector === undefined ? undefined : selectors.find(({ name }) => name === selector);
  if (selector !== undefined && named === undefined) return failed(unknownSelector(selector, project));
  const chosen = named ?? (isOpen ? selectors.find(({ isDefault }) => isDefault) : undefined);
  if (chosen === undefined) {
    const select = parseSelection(options.select, "--select");
    const exclude = parseSelection(options.exclude, "--exclude");
    if (!select.ok || !exclude.ok)
      return failed(...(select.ok ? [] : select.diagnostics), ...(exclude.ok ? [] : exclude.diagnostics));
    const words = { select: options.select.length === 0 ? undefined : select.value, exclude: exclude.value };
    return passed({ ...words, tree: undefined, indirectSelection, warnings: [] });
  }
  const tree = parseSelectionTree(chosen.tree, `selector ${chosen.name}`);
  if (!tree.ok) return tree;
  const warnings = isOpen
    ? []
    : [warning("selector", `The selector "${chosen.name}" counts, and --select and --exclude do not.`)];
  return passed({
    select: undefined,
    exclude: [],
    tree: tree.value,
    indirectSelection: indirectSelection ?? chosen.indirectSelection,
    warnings,
  });
}

function typesOf({ resourceTypes, onlyTypes }: SelectOptions): readonly ResourceType[] | undefined {
  if (resourceTypes === undefined || onlyTypes === undefined) return resourceTypes ?? onlyTypes;
  return resourceTypes.filter((type) => onlyTypes.includes(type));
}

/** The methods that compare with what an earlier run left behind. */
const comparingMethods: readonly string[] = ["state", "result", "source_status"];

/** The selected resources in the order in which they would run. A selection that matches nothing is told, as in dbt. */
export function selectProject(
  { project, root }: Pick<OpenProject, "project" | "root">,
  options: SelectOptions,
  invocation: Invocation,
): Checked<readonly CompiledResource[]> {
  const { emit, warningRule } = invocation;
  const asked = askedFor(project, options);
  if (!asked.ok) return asked;
  const { select, exclude, tree, indirectSelection } = asked.value;
  if (asked.value.warnings.length > 0) emit({ kind: "diagnosed", diagnostics: asked.value.warnings });
  const selectors = new Map(
    project.selectors.flatMap((each) => {
      const parsed = parseSelectionTree(each.tree, `selector ${each.name}`);
      return parsed.ok ? [[each.name, parsed.value] as const] : [];
    }),
  );
  const criteria = [...(select ?? []), ...exclude, ...(tree === undefined ? [] : criteriaOf(tree))].flatMap(
    (each) => each.criteria,
  );
  const lost = criteria.filter(({ method, query }) => method === selectorMethod && !selectors.has(query.value));
  if (lost.length > 0) return failed(...lost.map(({ query, span }) => unknownSelector(query.value, project, span)));
  const comparing = [...selectionMethods].find(
    ([name, method]) => comparingMethods.includes(name) && criteria.some((each) => each.method === method),
  );
  if (comparing !== undefined && options.state === undefined)
    return failed(
      error("no-state", `The selection method "${comparing[0]}" compares with an earlier run, and none is named.`, {
        hint: "Name the folder of its artifacts by --state.",
      }),
    );
  const resources = resourcesOf(project);
  const isAsked = (name: string): boolean => criteria.some(({ method }) => method === selectionMethods.get(name));
  const facts = earlierFacts(project, { folder: options.state, isAsked, root }, invocation);
  const { ids, warnings } = selectResources(
    projectGraph(project),
    resources.map((resource) => ({ ...selectable(resource), ...facts(resource) })),
    {
      rootPackage: project.settings.name,
      select,
      exclude,
      tree,
      selectors,
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
  options: SelectOptions & Pick<OpenOptions, "broken" | "inline">,
): Promise<SelectedProject | undefined> {
  const opened = await openSoundProject(invocation, { broken: options.broken, inline: options.inline });
  if (opened === undefined) return undefined;
  const selected = selectProject(opened, options, invocation);
  if (!selected.ok) {
    invocation.emit({ kind: "diagnosed", diagnostics: selected.diagnostics });
    return undefined;
  }
  const { deferral } = options;
  if (deferral === undefined) return { opened, selected: selected.value };
  const ids = new Set(selected.value.map(({ uniqueId }) => uniqueId));
  const deferred = await deferResources({ opened, selected: ids }, deferral, invocation);
  if (Object.keys(deferred).length === 0) return { opened, selected: selected.value };
  // What there is to tell of the project has been told.
  const again = await openSoundProject({ ...invocation, emit: () => undefined }, { broken: options.broken, deferred });
  if (again === undefined) throw new Error("a project that was sound is not, though nothing of it changed");
  return { opened: again, selected: resourcesOf(again.project).filter(({ uniqueId }) => ids.has(uniqueId)) };
}
