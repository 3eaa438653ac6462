import { type Compilation, compileProject } from "../../compiler/compile-project.ts";
import type { ParsedSettings } from "../../compiler/project/parse-settings.ts";
import type { ProjectFiles, ResourceFile } from "../../compiler/project/project-files.ts";
import type { Inputs } from "../../domain/settings.ts";
import { readKnownTranslations, UnknownTranslation } from "./known-translations.ts";

/** What files are compiled with. */
export interface CompileOptions {
  readonly parsed: ParsedSettings;
  readonly inputs: Inputs;
  /** A query that is in no file of the project. */
  readonly inline: ResourceFile | undefined;
  /** `later`: more will be translated than what the files say. */
  readonly translates: "later" | undefined;
  /** The file of the translations that are known. */
  readonly memory: string;
}

function notTranslated(): never {
  throw new Error("a project in DuckDB's own dialect needs no translator");
}

/** Whether something is translated only in the run, when what is known of earlier calls does not do. */
function asksLater({ project }: Compilation): boolean {
  return [...project.models, ...project.tests].some(({ asks }) => asks !== undefined);
}

/** Compiles the files of a project. The translator is loaded only for queries whose translation is not known from an earlier call. */
export async function compileFiles(
  onDisk: ProjectFiles,
  { parsed, inputs, inline, memory, translates }: CompileOptions,
): Promise<Compilation> {
  const { dialect, target } = parsed.settings;
  const files = inline === undefined ? onDisk : { ...onDisk, models: [...onDisk.models, inline] };
  if (dialect === "duckdb") return compileProject(files, { parsed, inputs, translate: notTranslated });
  const state = JSON.stringify([onDisk, inputs.vars, target, inputs.reading]);
  const known = readKnownTranslations(memory, { project: state, target });
  if (known.areCurrent && inline === undefined && translates === undefined)
    try {
      const compilation = compileProject(files, { parsed, inputs, translate: known.recall });
      if (!asksLater(compilation)) return compilation;
    } catch (cause) {
      // The templates may read the environment, which is no part of the files.
      if (!(cause instanceof UnknownTranslation)) throw cause;
    }
  const { openTranslator } = await import("./open-translator.ts");
  const compilation = compileProject(files, {
    parsed,
    inputs,
    translate: known.complete(await openTranslator(target)),
  });
  // With a query of the command line it is no state of the project that a later call will find again.
  if (inline === undefined) known.write();
  return compilation;
}
