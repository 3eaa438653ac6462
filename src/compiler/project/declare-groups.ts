import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { didYouMean } from "../nearest-name.ts";
import type { GroupDeclaration } from "./exposure-declaration.ts";
import type { ResolvedConfig } from "./resolve-config.ts";
import type { ModelFile } from "../parse-model.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The groups of a project, each name once; a second one is told. */
export function declareGroups(groups: readonly GroupDeclaration[], report: Report): readonly GroupDeclaration[] {
  const known = new Map<string, GroupDeclaration>();
  for (const group of groups) {
    const { name } = group;
    const twin = known.get(name.value);
    if (twin === undefined) known.set(name.value, group);
    else {
      const related = [{ message: "It is declared here already.", span: twin.name.span }];
      report(error("duplicate-name", `The group "${name.value}" is declared twice.`, { span: name.span, related }));
    }
  }
  return [...known.values()];
}

/** Tells models of groups that are not there, and private models of none. */
export function checkGroups(
  models: readonly (ModelFile & { readonly config: ResolvedConfig; readonly isEnabled: boolean })[],
  groups: readonly GroupDeclaration[],
  report: Report,
): void {
  const names = groups.map(({ name }) => name.value);
  for (const { name, config, isEnabled, span } of models) {
    const { group, access } = config.values;
    if (!isEnabled) continue;
    if (typeof group === "string" && !names.includes(group))
      report(
        error("unknown-group", `There is no group "${group}", which the model "${name}" is of.`, {
          span: config.spans["group"] ?? span,
          hint: didYouMean(group, names) ?? 'Declare it under "groups" in a property file.',
        }),
      );
    if (access === "private" && (group === undefined || group === null))
      report(
        error("private-model", `The model "${name}" is private, but of no group.`, {
          span: config.spans["access"] ?? span,
          hint: 'Say its "group", or make it protected.',
        }),
      );
  }
}
