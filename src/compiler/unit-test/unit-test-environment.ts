import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Inputs } from "../../domain/settings.ts";
import { didYouMean } from "../nearest-name.ts";
import { yamlValue } from "../project/yaml-value.ts";
import type { UnitTestDeclaration } from "../project/unit-test-declaration.ts";
import type { ProjectMacros } from "../template/context/model-environment.ts";
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
  const names = new Set([...macros.keys(), ...contextNames]);
  const faults: Diagnostic[] = [];
  const overridden = new Map(macros);
  for (const override of overrides.macros) {
    const { value: name, span } = override.name;
    if (/^\w+$/u.test(name) && names.has(name))
      overridden.set(name, {
        uniqueId: macros.get(name)?.uniqueId ?? `macro.dbt.${name}`,
        definition: constantMacro(name, override),
      });
    else
      faults.push(
        error("unknown-macro", `There is no macro "${name}" that can be overridden.`, {
          span,
          hint: didYouMean(name, names),
        }),
      );
  }
  return faults.length > 0 ? failed(...faults) : passed(overridden);
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
