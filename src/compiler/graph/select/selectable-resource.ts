import type { DataMap } from "../../../domain/data.ts";
import type { Access } from "../../../domain/model-version.ts";
import type { ResourceType } from "../../../domain/selection-terms.ts";

/** In what a resource can differ from what it was in an earlier run (DBT_CONVENTIONS §4). */
export const changes = ["body", "configs", "persisted_descriptions", "relation", "macros", "contract"] as const;

/** One of `changes`. */
export type Change = (typeof changes)[number];

/** What selection asks of every resource. */
interface ResourceFacts {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  /** Package, folders, name; a versioned model ends in its name and `v2`. */
  readonly fqn: readonly string[];
  /** The file that defines it, relative to its package's root, with `/`; a generic test's is its property file. */
  readonly path: string;
  /** The property file that describes it, if any, relative to its package's root. */
  readonly patchPath?: string | undefined;
  readonly tags: readonly string[];
  readonly config: DataMap;
  /** In what it differs from the manifest of an earlier run; missing where there is none to compare with. */
  readonly changed?: ReadonlySet<Change> | "new" | undefined;
  /** How it ended in an earlier run, where there is a record of one. */
  readonly result?: string | undefined;
}

/** A source table: `name` is the table's, `sourceName` its group's. */
interface SelectableSource extends ResourceFacts {
  readonly resourceType: "source";
  readonly sourceName: string;
  /** Whether it has newer rows than it had when it was asked before. */
  readonly isFresher?: boolean | undefined;
}

/** A test on data: `test` is the generic test's name (`unique`), and `undefined` for a singular test. */
interface SelectableTest extends ResourceFacts {
  readonly resourceType: "test";
  readonly test: string | undefined;
}

/** Any other resource; only models have versions. */
interface SelectableOther extends ResourceFacts {
  readonly resourceType: Exclude<ResourceType, "source" | "test">;
  readonly version?: string | number | undefined;
  readonly latest?: string | number | undefined;
  readonly access?: Access | undefined;
}

/** An enabled resource as selection sees it; who reads from whom is the graph's to know. */
export type SelectableResource = SelectableSource | SelectableTest | SelectableOther;
