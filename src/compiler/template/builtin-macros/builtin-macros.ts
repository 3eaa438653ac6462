import type { SourceFile } from "../../../domain/source-file.ts";
import { parseTemplate } from "../parse-template.ts";
import type { MacroDefinition } from "../syntax.ts";
import { arrayMacros } from "./array-macros.ts";
import { dateMacros } from "./date-macros.ts";
import { expressionMacros } from "./expression-macros.ts";
import { nameMacros } from "./name-macros.ts";
import { relationMacros } from "./relation-macros.ts";
import { seriesMacros } from "./series-macros.ts";
import { textMacros } from "./text-macros.ts";
import { typeMacros } from "./type-macros.ts";

const files: readonly SourceFile[] = [
  arrayMacros,
  dateMacros,
  expressionMacros,
  nameMacros,
  relationMacros,
  seriesMacros,
  textMacros,
  typeMacros,
];

let places: ReadonlyMap<string, SourceFile> | undefined;

/** The file of each macro, found without parsing: most calls of tsdbt need few of them or none. */
function filePlaces(): ReadonlyMap<string, SourceFile> {
  places ??= new Map(
    files.flatMap((file) =>
      [...file.text.matchAll(/\{%-? macro (\w+)\(/gu)].map(([, name = ""]) => [name, file] as const),
    ),
  );
  return places;
}

const parsed = new Map<SourceFile, ReadonlyMap<string, MacroDefinition>>();

function definitionsIn(file: SourceFile): ReadonlyMap<string, MacroDefinition> {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const template = parseTemplate(file);
  if (!template.ok) throw new Error(`${file.path}: ${template.diagnostics.map(({ message }) => message).join(" ")}`);
  const made = new Map(template.value.macros.map((definition) => [definition.name, definition]));
  parsed.set(file, made);
  return made;
}

/** The macro of dbt's that comes with tsdbt, written as the project's own are (CONFORMANCE_CASES §8). */
export function builtinMacro(name: string): MacroDefinition | undefined {
  const file = filePlaces().get(name);
  return file === undefined ? undefined : definitionsIn(file).get(name);
}

/** The names of the macros that come with tsdbt. */
export function builtinMacroNames(): Iterable<string> {
  return filePlaces().keys();
}
