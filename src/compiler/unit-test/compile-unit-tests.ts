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
  { unitTests, models: parsed, faulty }: ParsedProject,
  { linked, progress }: { readonly linked: readonly LinkedModel[]; readonly progress: CompileContext },
  report: (diagnostic: Diagnostic) => void,
): CompiledUnitTests {
  const soundIds = new Set(linked.map(({ uniqueId }) => uniqueId));
  const compiled = new Map<string, CompiledUnitTest>();
  const disabled: string[] = [];
  for (const declared of unitTests) {
    const { declaration, packageName } = declared;
    const { name, model, config } = declaration;
    const models = new Map(linked.flatMap((each) => (each.packageName === packageName ? [[each.name, each]] : [])));
    const isPassedOver = [...parsed, ...faulty].some(
      (each) => each.packageName === packageName && each.name === model.value && !soundIds.has(each.uniqueId),
    );
    const isOff = mergeConfig([config]).values["enabled"] === false;
    if (isOff || (isPassedOver && !models.has(model.value))) {
      disabled.push(`unit_test.${packageName}.${model.value}.${name.value}`);
      continue;
    }
    const result = compileUnitTest(declared, { ...progress, models });
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
