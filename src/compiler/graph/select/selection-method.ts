import type { SelectableResource } from "./selectable-resource.ts";

/** What one criterion asks a method for: `config.meta.owner:ann` has the keys `meta`, `owner` and the value `ann`. */
export interface SelectionQuery {
  readonly keys: readonly string[];
  readonly value: string;
}

/** The enabled resources that a method searches, and which package is the root project. */
export interface SelectableProject {
  readonly rootPackage: string;
  readonly resources: readonly SelectableResource[];
  /** What a selector of the project means. */
  readonly selectorIds?: ((name: string) => ReadonlySet<string>) | undefined;
}

/** Why a value makes no sense for its method, whatever the project holds. */
export interface SelectionRefusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** One of dbt's selection methods (DBT_CONVENTIONS §4). */
export interface SelectionMethod {
  /** Whether keys stand between the method's name and the colon. */
  readonly keys: "none" | "needed";
  /** Tells of a value that cannot be meant. */
  readonly refuse?: (query: SelectionQuery) => SelectionRefusal | undefined;
  /** The test that resources have to pass. */
  readonly match: (query: SelectionQuery, project: SelectableProject) => (resource: SelectableResource) => boolean;
  /** The values under which a resource would be found, to suggest one for a misspelt value. */
  readonly valuesOf: (resource: SelectableResource, query: SelectionQuery) => readonly string[];
}
