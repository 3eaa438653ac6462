import type { Diagnostic } from "../../domain/diagnostic.ts";
import type { CompiledUnitTest } from "../../domain/unit-test.ts";
import { error } from "../../domain/diagnostic.ts";
import type { CompileContext } from "../compile-model.ts";
import type { LinkedModel } from "../link-models.ts";
import type { ParsedProject } from "../parse-project.ts";
import { mergeConfig } from "../project/resolve-config.ts";
import { compileUnitTest } from "./compile-unit-test.ts";

/** The unit tests of a project, and the ids of those that are off. */
export interface CompiledUnitTests {
  readonly compiled: readonly CompiledUnitTest[];
  readonly disabled: readonly string[];
}

/** Compiles the unit tests of a project. One of a model that is off is off itself; one of a model with a fault is passed over, for that is told. */
export function compileUnitTests(
  { unitTests, fixtures, models: parsed, faulty, settings }: ParsedProject,
  { linked, progress }: { readonly linked: readonly LinkedModel[]; readonly progress: CompileContext },
  report: (diagnostic: Diagnostic) => void,
): CompiledUnitTests {
  const models = new Map(linked.map((model) => [model.name, model]));
  const passedOver = new Set([...parsed, ...faulty].map(({ name }) => name).filter((name) => !models.has(name)));
  const compiled = new Map<string, CompiledUnitTest>();
  const disabled: string[] = [];
  for (const declaration of unitTests) {
    const { name, model, config } = declaration;
    const isOff = mergeConfig([config]).values["enabled"] === false;
    if (isOff || passedOver.has(model.value)) {
      disabled.push(`unit_test.${settings.name}.${model.value}.${name.value}`);
      continue;
    }
    const result = compileUnitTest(declaration, { ...progress, fixtures, models });
    if (!result.ok) {
      result.diagnostics.forEach(report);
      continue;
    }
    const twin = compiled.get(result.value.uniqueId);
    if (twin === undefined) compiled.set(result.value.uniqueId, result.value);
    else {
      const related = [{ message: "It is declared here already.", span: twin.span }];
      report(error("duplicate-test", `The unit test "${name.value}" is declared twice.`, { span: name.span, related }));
    }
  }
  return { compiled: [...compiled.values()], disabled };
}
