import type { Batch } from "./batch.ts";
import type { Column, ColumnLineage } from "./column.ts";
import type { Checked } from "./diagnostic.ts";
import type { ConfigValues, DialectName } from "./settings.ts";
import type { Comments, Contract } from "./contract.ts";
import type { Hooks } from "./hooks.ts";
import type { Incremental } from "./incremental.ts";
import type { Layout } from "./layout.ts";
import type { FreshnessCriteria } from "./freshness.ts";
import type { IngestSettings } from "./ingest-settings.ts";
import type { Access, ModelVersion } from "./model-version.ts";
import type { Relation, RelationKind } from "./relation.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SourceFile, Span } from "./source-file.ts";
import type { Script, TemporaryTable } from "./script.ts";
import type { Sql } from "./sql.ts";

/** What is known of a column from property files. */
export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  readonly dataType: string | undefined;
  readonly tags: readonly string[];
  readonly meta: ConfigValues;
}

/** What all resources of a project have. `uniqueId` and `fqn` are formed as in dbt (DBT_CONVENTIONS §1). */
export interface Resource {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly fqn: readonly string[];
  /** The file that defines it, relative to the project's root. */
  readonly path: string;
  /** The property file that describes it, if any. */
  readonly patchPath: string | undefined;
  readonly description: string;
  readonly tags: readonly string[];
  readonly config: ConfigValues;
}

/** A table that is read, not made, by models; or one that ingest fills. */
export interface Source extends Resource {
  readonly resourceType: "source";
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly relation: Relation;
  readonly columns: readonly ColumnProperties[];
  readonly ingest: IngestSettings | undefined;
  readonly freshness: FreshnessCriteria | undefined;
  readonly span: Span;
}

/** How a model becomes a relation. */
export type Materialization =
  { readonly kind: "view" } | { readonly kind: "table" } | { readonly kind: "ephemeral" } | Incremental | Snapshot;

/** Whether a model is rendered to be built anew or to be added to (`is_incremental()`). */
export type RunMode = "full" | "incremental";

/** A rendered query: the author's text in the author's dialect, and the statement that the warehouse gets. */
export interface CompiledQuery {
  readonly text: Sql;
  readonly statement: Sql;
  /** Functions of the prelude that the statement calls, in the order in which they have to be installed. */
  readonly uses: readonly string[];
}

/** What runs around the build of a model in one run mode: hooks, and statements that its own ones rely on (`sql_header`). */
export interface Around {
  readonly hooks: Hooks;
  readonly header: Sql | undefined;
}

/**
 * Queries of a resource that hang on what the warehouse answers: they are compiled at the resource's own turn in the run, and
 * stand empty before.
 */
export interface Asking<T> {
  readonly modes: readonly RunMode[];
  /** The resource with the query of that mode. Asks no more than that query does. */
  readonly compile: (mode: RunMode) => Script<Checked<T>>;
}

/** A model whose references are linked and whose queries are rendered and translated. */
export interface CompiledModel extends Resource {
  readonly resourceType: "model" | "snapshot";
  readonly file: SourceFile;
  readonly dialect: DialectName;
  readonly relation: Relation;
  readonly materialization: Materialization;
  readonly version: ModelVersion | undefined;
  readonly access: Access;
  readonly properties: readonly ColumnProperties[];
  /** Output columns with types in the author's dialect; unknown for models in DuckDB's own dialect. */
  readonly columns: readonly Column[] | undefined;
  /** Where the columns come from; tables are named by all three parts, those of ephemeral models are looked through. */
  readonly lineage: readonly ColumnLineage[] | undefined;
  readonly full: CompiledQuery;
  /** Only where it differs from `full`. */
  readonly incremental: CompiledQuery | undefined;
  readonly around: Readonly<Record<RunMode, Around>>;
  readonly contract: Contract | undefined;
  readonly comments: Comments;
  /** How its table or view is to lie in the warehouse. */
  readonly layout?: Layout | undefined;
  readonly asks?: Asking<CompiledModel> | undefined;
  /** Of a microbatch model: itself with the query, in the given mode, and the hooks of one batch. */
  readonly compileBatch?: ((batch: Batch, mode: RunMode) => Script<Checked<CompiledModel>>) | undefined;
  /** Where the project has a strategy of its own: the statements that its macro writes. */
  readonly compileStrategy?: ((rows: StrategyRows) => Script<Checked<Sql>>) | undefined;
  readonly dependsOn: readonly string[];
  readonly refs: readonly (readonly string[])[];
  readonly sources: readonly (readonly [string, string])[];
  readonly macros: readonly string[];
}

/** The rows that a strategy of the project's own is to bring into a table: where they are, and the columns that both sides have. */
export interface StrategyRows {
  readonly staged: TemporaryTable;
  readonly columns: readonly Column[];
}

/** A CSV file of the project that becomes a table. */
export interface Seed extends Resource {
  readonly resourceType: "seed";
  readonly file: SourceFile;
  readonly relation: Relation;
  readonly properties: readonly ColumnProperties[];
  /** What the types of the columns are called: GoogleSQL's names, or DuckDB's own. */
  readonly dialect: DialectName;
  readonly delimiter: string;
  readonly columns: readonly Column[];
  /** Names of the columns whose types the author gives. */
  readonly typed: readonly string[];
  /** How column names go into SQL; `quote_columns: false` says bare. */
  readonly namesAre: "quoted" | "bare";
  readonly rows: readonly (readonly (string | null)[])[];
  readonly hooks: Hooks;
  readonly comments: Comments;
  /** The line of the file on which each row begins, from 1. */
  readonly lines: readonly number[];
}

/** A generic test as it is applied to a column or a whole resource. */
export interface AppliedTest {
  /** The generic test's name: `unique`. */
  readonly test: string;
  readonly namespace: string | undefined;
  /** Arguments as written, `column_name` and `model` among them. */
  readonly arguments: ConfigValues;
  readonly columnName: string | undefined;
  readonly attachedTo: string;
}

/** Where the rows that fail a test are kept (`store_failures`). */
export interface StoredFailures {
  readonly relation: Relation;
  readonly as: RelationKind;
  readonly rows: CompiledQuery;
}

/** A test on data: a query whose rows are failures. */
export interface CompiledTest extends Resource {
  readonly resourceType: "test";
  /** The generic test that it applies; a singular test is a query of its own. */
  readonly generic: AppliedTest | undefined;
  /** The name by which files and tables are called: `name`, or a short one where that is too long. */
  readonly alias: string;
  readonly relation: Relation;
  readonly severity: "error" | "warn";
  /** The rows that are failures, in the author's dialect. */
  readonly rows: Sql;
  readonly stored: StoredFailures | undefined;
  /** One row with the columns `failures`, `should_warn`, `should_error`, counted in what is stored where rows are. */
  readonly query: CompiledQuery;
  readonly asks?: Asking<CompiledTest> | undefined;
  readonly macros: readonly string[];
  readonly dependsOn: readonly string[];
  readonly refs: readonly (readonly string[])[];
  readonly sources: readonly (readonly [string, string])[];
  readonly span: Span;
}
