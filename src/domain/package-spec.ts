import type { Data } from "./data.ts";
import type { Span } from "./source-file.ts";

/** Where a package comes from, as a list of packages says it. */
export type PackageOrigin =
  | { readonly kind: "local"; readonly path: string }
  | {
      readonly kind: "git";
      readonly url: string;
      readonly revision: string | undefined;
      /** The folder of the package within the repository. */
      readonly subdirectory: string | undefined;
    }
  | { readonly kind: "tarball"; readonly url: string; readonly name: string }
  | {
      readonly kind: "hub";
      /** `dbt-labs/dbt_utils`. */
      readonly name: string;
      /** Conditions that all have to hold: `>=1.0.0`. */
      readonly versions: readonly string[];
      readonly takesPrereleases: boolean;
    };

/** A package that a project or another package asks for. */
export interface PackageSpec {
  readonly origin: PackageOrigin;
  readonly span: Span;
  /** The entry as it is hashed for `package-lock.yml`, which real dbt reads and writes too. */
  readonly hashed: Data;
}
