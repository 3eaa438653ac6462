import type { SourceFile } from "../../domain/source-file.ts";

/** The hooks of a run as the project file has them. */
export interface RunHookTexts {
  readonly file: SourceFile;
  readonly start: readonly string[];
  readonly end: readonly string[];
}
