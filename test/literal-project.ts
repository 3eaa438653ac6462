import { compileProject } from "../src/compiler/compile-project.ts";
import { parseProjectHead } from "../src/compiler/parse-project.ts";
import type { ParsedSettings } from "../src/compiler/project/parse-settings.ts";
import type { ProjectFiles, ResourceFile } from "../src/compiler/project/project-files.ts";
import type { Translate } from "../src/compiler/translation.ts";
import type { CompiledProject } from "../src/domain/compiled-project.ts";
import { type Diagnostic, passed } from "../src/domain/diagnostic.ts";
import type { CompiledModel, CompiledTest } from "../src/domain/model.ts";
import type { ProjectHead } from "../src/domain/project-head.ts";
import type { Inputs } from "../src/domain/settings.ts";
import { positionAt, type SourceFile, type Span, spanText } from "../src/domain/source-file.ts";

/** The texts of a project by path. Without a `project.yml` it gets that of `literalSettings`. */
export type LiteralFiles = Readonly<Record<string, string>>;

/** A project file that is sound. */
export const literalSettings = "name: shop\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n";

/** A project file that is sound, for a project in DuckDB's own dialect. */
export const nativeSettings = `${literalSettings}dialect: duckdb\n`;

/** A translator that gives every query back as it is. */
export const asWritten: Translate = (query) => passed({ statement: query, columns: [], lineage: [], uses: [] });

/** What a literal project gets from outside. */
export interface LiteralInputs extends Partial<Inputs> {
  readonly translate?: Translate;
}

/** A literal project, compiled. */
export interface LiteralCompilation {
  readonly project: CompiledProject;
  readonly told: readonly string[];
  readonly messages: readonly string[];
}

function place({ file, start }: Span): string {
  const { line, column } = positionAt(file, start);
  return `${file.path}:${line}:${column}`;
}

/** A diagnostic in one line: what it says, the author's text that it says it of, the hint, the other places. */
export function told({ severity, code, message, span, hint, related = [] }: Diagnostic): string {
  const at = span === undefined ? "nowhere" : `${place(span)} «${spanText(span)}»`;
  const others = related.map((each) => ` | ${each.message} ${place(each.span)} «${spanText(each.span)}»`);
  const remedy = hint === undefined ? "" : ` → ${hint}`;
  return `${severity} ${code} ${at} ${message}${remedy}${others.join("")}`;
}

function inputsOf({ environment = {}, vars = {}, targetName, profileName, storesFailures }: LiteralInputs): Inputs {
  return { environment, vars, targetName, profileName, storesFailures };
}

/** The settings of a literal project file, and what is told of them. */
export function parseLiteralSettings(
  text: string,
  inputs: LiteralInputs = {},
): { readonly parsed: ParsedSettings | undefined; readonly told: readonly string[] } {
  const diagnostics: Diagnostic[] = [];
  const head: ProjectHead = { kind: "own", project: { path: "project.yml", text } };
  const parsed = parseProjectHead(head, inputsOf(inputs), (each) => diagnostics.push(each));
  return { parsed, told: diagnostics.map(told) };
}

function filesOf(files: readonly SourceFile[], folders: readonly string[], extension: string): readonly ResourceFile[] {
  return folders.flatMap((folder) =>
    files
      .filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(extension))
      .map((file) => ({ file, folder })),
  );
}

/** Compiles a project of literal files. A fault in the project file itself is thrown. */
export function compileLiteral(files: LiteralFiles, inputs: LiteralInputs = {}): LiteralCompilation {
  const text = files["project.yml"] ?? literalSettings;
  const head = parseLiteralSettings(text, inputs);
  if (head.parsed === undefined) throw new Error(head.told.join("\n"));
  const { settings } = head.parsed;
  const all = Object.entries(files).map(([path, content]): SourceFile => ({ path, text: content }));
  const projectFiles: ProjectFiles = {
    project: { path: "project.yml", text },
    properties: all.filter(({ path }) => (path.endsWith(".yml") && path.includes("/")) || path === "sources.yml"),
    selectors: all.find(({ path }) => path === "selectors.yml"),
    models: filesOf(all, settings.modelPaths, ".sql"),
    macros: filesOf(all, settings.macroPaths, ".sql"),
    analyses: filesOf(all, settings.analysisPaths, ".sql"),
    docs: all.filter(({ path }) => path.endsWith(".md")),
    seeds: filesOf(all, settings.seedPaths, ".csv"),
    tests: filesOf(all, settings.testPaths, ".sql").filter(({ file }) => !/\/(?:generic|fixtures)\//u.test(file.path)),
    fixtures: [".csv", ".sql"].flatMap((extension) => filesOf(all, ["tests/fixtures"], extension)),
    snapshots: filesOf(all, settings.snapshotPaths, ".sql"),
  };
  const { translate = asWritten } = inputs;
  const compilation = compileProject(projectFiles, { parsed: head.parsed, inputs: inputsOf(inputs), translate });
  const { project, diagnostics, messages } = compilation;
  return { project, told: [...head.told, ...diagnostics.map(told)], messages: messages.map(({ text }) => text) };
}

/** The model of a name; an error where there is none, with all that was told. */
export function modelNamed({ project, told: all }: LiteralCompilation, name: string): CompiledModel {
  const found = project.models.find((model) => model.name === name);
  if (found === undefined) throw new Error(`there is no model ${name}: ${all.join("; ")}`);
  return found;
}

/** The only test of a project; an error where there is none or another one, with all that was told. */
export function onlyTest({ project, told: all }: LiteralCompilation): CompiledTest {
  const [test, ...others] = project.tests;
  if (test === undefined || others.length > 0)
    throw new Error(`there are ${project.tests.length} tests: ${all.join("; ")}`);
  return test;
}
