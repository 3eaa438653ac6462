import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Inputs } from "../../domain/settings.ts";
import { didYouMean } from "../nearest-name.ts";
import { yamlValue } from "../project/yaml-value.ts";
import type { UnitTestDeclaration } from "../project/unit-test-declaration.ts";
import type { ProjectMacro, ProjectMacros } from "../template/context/project-macros.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { MacroDefinition } from "../template/syntax.ts";
import { fromData } from "../template/values/convert-data.ts";
import { printValue, reprValue } from "../template/values/print-value.ts";

/** A macro that gives a value, whatever it is called with. */
function constantMacro(name: string, value: UnitTestDeclaration["overrides"]["macros"][number]): MacroDefinition {
  // A macro takes arguments that it does not name only where its body speaks of them.
  const text = `{% macro ${name}() %}{% if false %}{{ varargs }}{{ kwargs }}{% endif %}{{ return(${reprValue(yamlValue(value.value))}) }}{% endmacro %}`;
  const parsed = parseTemplate({ path: value.name.span.file.path, text });
  const macro = parsed.ok ? parsed.value.macros[0] : undefined;
  if (macro === undefined) throw new Error(`the override of ${name} is no macro`);
  return macro;
}

/** The macros of a project with those that a unit test overrides; of functions of the context `is_incremental` can be one. */
export function overriddenMacros(
  macros: ProjectMacros,
  overrides: UnitTestDeclaration["overrides"],
  contextNames: Iterable<string>,
): Checked<ProjectMacros> {
  const { root } = macros;
  const packages = new Map([...macros.packages].map(([name, own]) => [name, new Map(own)] as const));
  const ownMacros = packages.get(root) ?? new Map<string, ProjectMacro>();
  packages.set(root, ownMacros);
  const names = new Set([
    ...ownMacros.keys(),
    ...[...packages].flatMap(([name, of]) => [...of.keys()].map((macro) => `${name}.${macro}`)),
    ...contextNames,
  ]);
  const faults: Diagnostic[] = [];
  for (const override of overrides.macros) {
    const { value: full, span } = override.name;
    const [name = "", packageName = root] = full.split(".").toReversed();
    const into = packages.get(packageName);
    if (/^(?:\w+\.)?\w+$/u.test(full) && names.has(full) && into !== undefined)
      into.set(name, {
        uniqueId: into.get(name)?.uniqueId ?? `macro.dbt.${name}`,
        definition: constantMacro(name, override),
      });
    else
      faults.push(
        error("unknown-macro", `There is no macro "${full}" that can be overridden.`, {
          span,
          hint: didYouMean(full, names),
        }),
      );
  }
  return faults.length > 0 ? failed(...faults) : passed({ ...macros, packages });
}

/** What a run gives from outside, with what a unit test overrides. */
export function overriddenInputs(inputs: Inputs, { vars, environment }: UnitTestDeclaration["overrides"]): Inputs {
  const texts = Object.entries(environment).map(([name, value]) => [name, printValue(fromData(value))] as const);
  return {
    ...inputs,
    vars: { ...inputs.vars, ...vars },
    environment: { ...inputs.environment, ...Object.fromEntries(texts) },
  };
}
