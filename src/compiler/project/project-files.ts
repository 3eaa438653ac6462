import type { SourceFile } from "../../domain/source-file.ts";

/** A file below one of the project's resource folders; `folder` is that folder as the project file names it. */
export interface ResourceFile {
  readonly file: SourceFile;
  readonly folder: string;
  /** The resource's name, where it is not that of the file. */
  readonly name?: string;
}

/** An installed package. */
export interface PackageFiles {
  readonly name: string;
  readonly files: Omit<ProjectFiles, "packages" | "selectors">;
}

/** The texts that a project consists of. */
export interface ProjectFiles {
  readonly project: SourceFile;
  readonly properties: readonly SourceFile[];
  readonly models: readonly ResourceFile[];
  readonly macros: readonly ResourceFile[];
  readonly analyses: readonly ResourceFile[];
  readonly packages?: readonly PackageFiles[] | undefined;
  /** `selectors.yml`. */
  readonly selectors?: SourceFile | undefined;
  /** Markdown files, for their docs blocks. */
  readonly docs: readonly SourceFile[];
  readonly seeds: readonly ResourceFile[];
  /** Singular tests. */
  readonly tests: readonly ResourceFile[];
  /** CSV and SQL files that unit tests take rows from. */
  readonly fixtures: readonly ResourceFile[];
  readonly snapshots: readonly ResourceFile[];
}
