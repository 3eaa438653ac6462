import { type Diagnostic, error } from "../domain/diagnostic.ts";
import type { MacroResource } from "../domain/compiled-project.ts";
import { spanText } from "../domain/source-file.ts";
import type { ResourceFile } from "./project/project-files.ts";
import { builtinTests, testQuery } from "./template/builtin-tests.ts";
import type { ProjectMacros } from "./template/context/model-environment.ts";
import { parseTemplate } from "./template/parse-template.ts";
import type { MacroDefinition, Template, TestDefinition } from "./template/syntax.ts";

/** Generic tests by name, those of the project over those that come with tsdbt. */
export type TestDefinitions = ReadonlyMap<string, TestDefinition>;

/** What the macro files of a project define. */
export interface ParsedMacros {
  readonly macros: ProjectMacros;
  readonly tests: TestDefinitions;
  readonly resources: readonly MacroResource[];
}

/** Macros that dbt calls by their name and tsdbt does not yet: to pass them over would be silently wrong. */
const unheard: ReadonlySet<string> = new Set(["generate_schema_name", "generate_alias_name", "generate_database_name"]);

function ownTemplate(file: Parameters<typeof parseTemplate>[0]): Template {
  const parsed = parseTemplate(file);
  if (!parsed.ok) throw new Error(`${file.path}: ${parsed.diagnostics.map(({ message }) => message).join(" ")}`);
  return parsed.value;
}

const builtin: TestDefinitions = new Map(ownTemplate(builtinTests).tests.map((test) => [test.name, test]));

/** The query around a test's rows. */
export const testQueryTemplate: Template = ownTemplate(testQuery);

/** Parses the macro files of a project: macros and generic tests. Two macros of one name, and syntax errors, are reported. */
export function parseMacros(
  files: readonly ResourceFile[],
  packageName: string,
  report: (diagnostic: Diagnostic) => void,
): ParsedMacros {
  const macros = new Map<string, { readonly uniqueId: string; readonly definition: MacroDefinition }>();
  const tests = new Map(builtin);
  const resources: MacroResource[] = [];
  for (const { file } of files) {
    const parsed = parseTemplate(file);
    if (!parsed.ok) {
      parsed.diagnostics.forEach(report);
      continue;
    }
    for (const definition of parsed.value.macros) {
      const { name, span } = definition;
      const twin = macros.get(name);
      if (twin !== undefined) {
        const related = [{ message: "It is defined here already.", span: twin.definition.nameSpan }];
        report(
          error("duplicate-name", `The macro "${name}" is defined twice.`, { span: definition.nameSpan, related }),
        );
      }
      if (unheard.has(name))
        report(
          error("unsupported-macro", `tsdbt does not call a macro "${name}" of the project yet.`, {
            span: definition.nameSpan,
          }),
        );
      const uniqueId = `macro.${packageName}.${name}`;
      macros.set(name, { uniqueId, definition });
      resources.push({ uniqueId, name, packageName, path: file.path, file, text: spanText(span) });
    }
    for (const test of parsed.value.tests) tests.set(test.name, test);
  }
  return { macros, tests, resources };
}
