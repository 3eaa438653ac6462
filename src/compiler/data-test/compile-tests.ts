import type { BrokenResource } from "../../domain/compiled-project.ts";
import { type Checked, type Diagnostic, error, passed } from "../../domain/diagnostic.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Inputs } from "../../domain/settings.ts";
import type { Message } from "../../domain/told.ts";
import { type BrokenTest, brokenTest } from "../broken-resource.ts";
import type { CompileContext } from "../compile-model.ts";
import { attachTests } from "../generic-test/attach-tests.ts";
import { compileTest, isOff, type TestOutcome } from "../generic-test/compile-test.ts";
import { linkTest, type LinkedTest } from "../generic-test/link-test.ts";
import type { NameTable } from "../graph/name-table.ts";
import { compileOrAsk } from "./asking-test.ts";
import { linkReferences } from "../link-models.ts";
import type { ParsedProject } from "../parse-project.ts";
import { unusedConfigPaths } from "../project/resolve-config.ts";
import { compileSingularTest, type LinkedSingularTest } from "../singular-test/compile-singular-test.ts";
import { settingsEnvironment } from "../template/context/yaml-environment.ts";

type Report = (diagnostic: Diagnostic) => void;

/** Singular tests whose references all lead somewhere; one that reads what is switched off is off itself, as in dbt. */
export function linkSingularTests(
  { singularTests }: ParsedProject,
  names: NameTable,
  report: Report,
): { readonly linked: readonly LinkedSingularTest[]; readonly disabled: readonly string[] } {
  const linked: LinkedSingularTest[] = [];
  const disabled: string[] = [];
  for (const test of singularTests) {
    const faults: Diagnostic[] = [];
    const { dependencies, isSound } = test.isEnabled
      ? linkReferences([test.recording], names, (diagnostic) => faults.push(diagnostic))
      : { dependencies: [], isSound: false };
    if (isSound) linked.push({ ...test, dependencies });
    else if (faults.every(isOff)) disabled.push(test.uniqueId);
    else faults.forEach(report);
  }
  return { linked, disabled };
}

/** The generic tests that property files declare, each found, named and configured. */
export function linkTests(parsed: ParsedProject, inputs: Inputs, report: Report): readonly LinkedTest[] {
  const { settings, configs, macros, packageConfigs } = parsed;
  const environments = new Map(
    [...packageConfigs.keys()].map((name) => [name, settingsEnvironment({ ...settings, name }, inputs)]),
  );
  const own = settingsEnvironment(settings, inputs);
  const context = {
    settings,
    definitions: macros.tests,
    configsOf: (packageName: string) => {
      const blocks = packageConfigs.get(packageName);
      return { own: blocks?.configs.test, overrides: blocks?.overrides?.test };
    },
    environmentOf: (packageName: string) => environments.get(packageName) ?? own,
    report,
  };
  const linked = new Map<string, LinkedTest>();
  const all = attachTests(parsed);
  for (const attached of all) {
    const test = linkTest(attached, context);
    if (test === undefined) continue;
    const { uniqueId, name } = test.resource;
    const twin = linked.get(uniqueId);
    if (twin === undefined) linked.set(uniqueId, test);
    else {
      const related = [{ message: "It is declared here already.", span: twin.declaration.span }];
      const { span } = test.declaration;
      report(error("duplicate-test", `The test "${name}" is declared twice.`, { span, related }));
    }
  }
  const tests = [...linked.values()];
  if (all.length === tests.length)
    unusedConfigPaths(
      configs.test,
      [...tests.map(({ resource }) => resource), ...parsed.singularTests].map(({ fqn }) => fqn),
    ).forEach(report);
  return tests;
}

/** What came of the tests of a project. */
export interface CompiledTests {
  readonly tests: readonly CompiledTest[];
  readonly disabled: readonly string[];
  readonly brokenTests: readonly BrokenResource[];
  readonly messages: readonly Message[];
}

/** The tests of a project, linked. */
export interface LinkedTests {
  readonly generic: readonly LinkedTest[];
  readonly singular: readonly LinkedSingularTest[];
}

/** What tests are compiled with. */
export interface TestCompilation {
  readonly progress: CompileContext & { readonly sound: ReadonlySet<string> };
  /** The ids of what could not be compiled and has been told. */
  readonly known: ReadonlySet<string>;
}

/** Compiles tests. One that cannot be is told and kept as broken, and so is one that waits for what is. */
export function compileTests(
  { generic, singular }: LinkedTests,
  { progress, known }: TestCompilation,
  report: Report,
): CompiledTests {
  const compiled: CompiledTest[] = [];
  const disabled: string[] = [];
  const brokenTests: BrokenResource[] = [];
  const messages: Message[] = [];
  const keep = (test: BrokenTest, reasons: readonly Diagnostic[]): void => {
    reasons.forEach(report);
    const waitsFor = test.dependsOn.filter((id) => known.has(id));
    if (reasons.length > 0 || waitsFor.length > 0)
      brokenTests.push(brokenTest(test, { reasons, waitsFor }, progress.settings));
  };
  const add = ({ test, told }: Extract<TestOutcome, { readonly kind: "compiled" }>): void => {
    compiled.push(test);
    messages.push(...told.messages);
    told.warnings.forEach(report);
  };
  for (const test of generic) {
    const compile = (context: CompileContext): Checked<TestOutcome> => compileTest(test, progress.sound, context);
    const outcome = compileOrAsk(compile, { context: progress, dialect: test.attached.dialect });
    const facts = { ...test.resource, config: test.config, file: test.declaration.span.file, test: test.names.test };
    const asBroken = { ...facts, alias: test.names.alias, dependsOn: [test.attached.uniqueId] };
    if (!outcome.ok) keep(asBroken, outcome.diagnostics);
    else if (outcome.value.kind === "compiled") add(outcome.value);
    else if (outcome.value.kind === "disabled") disabled.push(test.resource.uniqueId);
    else keep(asBroken, []);
  }
  for (const test of singular) {
    const dependsOn = test.dependencies.map(({ uniqueId }) => uniqueId);
    const asBroken = { ...test, file: test.template.file, test: undefined, alias: test.name, dependsOn };
    if (!dependsOn.every((id) => progress.sound.has(id))) {
      keep(asBroken, []);
      continue;
    }
    const compile = (context: CompileContext): Checked<TestOutcome> => {
      const single = compileSingularTest(test, context);
      return single.ok ? passed({ kind: "compiled", ...single.value }) : single;
    };
    const outcome = compileOrAsk(compile, { context: progress, dialect: progress.settings.dialect });
    if (!outcome.ok) keep(asBroken, outcome.diagnostics);
    else if (outcome.value.kind === "compiled") add(outcome.value);
  }
  return { tests: compiled, disabled, brokenTests, messages };
}
