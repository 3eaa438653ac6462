import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { MacroResource } from "../domain/compiled-project.ts";
import { type SourceFile, spanText } from "../domain/source-file.ts";
import type { Settings } from "../domain/settings.ts";
import type { ProjectFiles, ResourceFile } from "./project/project-files.ts";
import { pathInPackage } from "./project/resource-properties.ts";
import { builtinTests, testQuery } from "./template/builtin-tests.ts";
import { macrosOfProject, type ProjectMacro, type ProjectMacros } from "./template/context/project-macros.ts";
import { parseTemplate } from "./template/parse-template.ts";
import type { MacroDefinition, Template, TestDefinition } from "./template/syntax.ts";

/** A generic test: `{% test x %}`, or a macro `test_x` as dbt had them first. */
export type GenericTest = TestDefinition | MacroDefinition;

/** Generic tests by name, those of the project over those that come with tsdbt. `broken`: its file has a fault, which was told. */
export type TestDefinitions = ReadonlyMap<string, GenericTest | "broken">;

/** What the macro files of a project define. */
export interface ParsedMacros {
  readonly macros: ProjectMacros;
  readonly tests: TestDefinitions;
  readonly resources: readonly MacroResource[];
}

function ownTemplate(file: SourceFile): Template {
  const parsed = parseTemplate(file);
  if (!parsed.ok) throw new Error(`${file.path}: ${parsed.diagnostics.map(({ message }) => message).join(" ")}`);
  return parsed.value;
}

const builtin: ReadonlyMap<string, TestDefinition> = new Map(
  ownTemplate(builtinTests).tests.map((test) => [test.name, test]),
);

/** Whether a generic test is one that comes with tsdbt. */
export function isBuiltinTest(test: GenericTest): boolean {
  return builtin.get(test.name) === test;
}

/** The query around a test's rows. */
export const testQueryTemplate: Template = ownTemplate(testQuery);

interface Names {
  readonly macros: readonly string[];
  readonly tests: readonly string[];
}

/** What a file that cannot be parsed seems to define, so that whoever uses it is not told that it is missing. */
function namesIn({ text }: SourceFile): Names {
  const names = [...text.matchAll(/\{%[-+]?\s*(macro|test)\s+([\p{L}_][\p{L}\p{N}_]*)/gu)];
  const of = (keyword: string): readonly string[] =>
    names.flatMap(([, word, name]) => (word === keyword && name !== undefined ? [name] : []));
  return { macros: of("macro"), tests: of("test") };
}

function tellTwin(
  what: string,
  { nameSpan, name }: GenericTest,
  { twin, report }: { readonly twin: GenericTest; readonly report: (diagnostic: Diagnostic) => void },
): void {
  const related = [{ message: "It is defined here already.", span: twin.nameSpan }];
  report(error("duplicate-name", `The ${what} "${name}" is defined twice.`, { span: nameSpan, related }));
}

/** The macros of a project and of its packages, in which `searchOrders` may lead a dispatch. A package's tests are called with its name before theirs. */
export function parseAllMacros(
  { macros: own, packages = [] }: Pick<ProjectFiles, "macros" | "packages">,
  { settings, searchOrders }: Pick<ProjectMacros, "searchOrders"> & { readonly settings: Settings },
  report: (diagnostic: Diagnostic) => void,
): ParsedMacros {
  const { name: root } = settings;
  const project = parseMacros(own, settings, report);
  const others = packages.map(({ name, files }) => ({
    name,
    parsed: parseMacros(files.macros, { ...settings, name }, report),
  }));
  const foreign = others.flatMap(({ name, parsed }) =>
    [...parsed.tests].flatMap(([test, definition]) =>
      builtin.get(test) === definition ? [] : [[`${name}.${test}`, definition] as const],
    ),
  );
  return {
    macros: {
      root,
      packages: new Map([project, ...others.map(({ parsed }) => parsed)].flatMap(({ macros }) => [...macros.packages])),
      searchOrders,
    },
    tests: new Map([...project.tests, ...foreign]),
    resources: [project, ...others.map(({ parsed }) => parsed)].flatMap(({ resources }) => resources),
  };
}

/** Parses the macro files of a project: macros and generic tests. Two of one name, and syntax errors, are reported. */
export function parseMacros(
  files: readonly ResourceFile[],
  settings: Pick<Settings, "name" | "packages">,
  report: (diagnostic: Diagnostic) => void,
): ParsedMacros {
  const { name: packageName } = settings;
  const macros = new Map<string, ProjectMacro>();
  const tests = new Map<string, GenericTest | "broken">(builtin);
  const resources: MacroResource[] = [];
  const uniqueIdOf = (name: string): string => `macro.${packageName}.${name}`;
  const addTest = (name: string, test: GenericTest): void => {
    const twin = tests.get(name);
    if (twin !== undefined && twin !== "broken" && !isBuiltinTest(twin)) tellTwin("test", test, { twin, report });
    else tests.set(name, test);
  };
  for (const { file } of files) {
    const parsed = parseTemplate(file);
    if (!parsed.ok) {
      parsed.diagnostics.forEach(report);
      const names = namesIn(file);
      for (const name of names.macros) macros.set(name, { uniqueId: uniqueIdOf(name), definition: undefined });
      const old = names.macros.flatMap((name) => (name.startsWith("test_") ? [name.slice("test_".length)] : []));
      for (const name of [...names.tests, ...old]) tests.set(name, "broken");
      continue;
    }
    for (const definition of parsed.value.macros) {
      const { name, span } = definition;
      const twin = macros.get(name)?.definition;
      if (twin !== undefined) {
        tellTwin("macro", definition, { twin, report });
        continue;
      }
      const uniqueId = uniqueIdOf(name);
      macros.set(name, { uniqueId, definition });
      const path = pathInPackage(file.path, packageName, settings);
      resources.push({ uniqueId, name, packageName, path, file, text: spanText(span) });
      if (name.startsWith("test_")) addTest(name.slice("test_".length), definition);
    }
    for (const test of parsed.value.tests) addTest(test.name, test);
  }
  return { macros: macrosOfProject(packageName, macros), tests, resources };
}
