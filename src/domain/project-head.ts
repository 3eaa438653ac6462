import type { SourceFile } from "./source-file.ts";

/**
 * The files that say what a project is and where it runs: tsdbt's own project file has its targets in it; that of dbt
 * names a profile, which another file describes.
 */
export type ProjectHead = {
  readonly project: SourceFile;
  /** `vars.yml`, which may have the vars in place of the project's own file. */
  readonly vars?: SourceFile | undefined;
} & (
  | { readonly kind: "own" }
  | {
      readonly kind: "dbt";
      readonly profiles: SourceFile | undefined;
      /** The folders where a file of profiles was looked for, in their order. */
      readonly profilesFolders: readonly string[];
    }
);
